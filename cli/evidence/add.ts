import { randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { parseResponse } from 'hono/client'
import { evidenceKinds } from '#src/evidence/photos.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, text, time } from '../options.ts'
import { given, oneOf } from '../query.ts'
import { bytesText } from '../text.ts'

export default command({
  group: 'moving',
  summary: 'Add a photo or a signature to a document',
  details:
    'JPEG, PNG, HEIC or WebP up to 10 MB; a signature is a PNG. Where it was taken is removed before it is stored.',
  args: { id: 'Number or id of the document', file: 'The picture' },
  options: {
    kind: text('<kind>', `${evidenceKinds.join(' or ')} (photo)`, oneOf(evidenceKinds)),
    delivery: text('<id>', 'The delivery that it shows'),
    line: text('<id>', 'The line that it shows'),
    case: text('<id>', 'The discrepancy case that it proves'),
    note: text('<text>', 'What there is to see'),
    'signed-by': text('<name>', 'Whose signature it is'),
    taken: time('When it was taken'),
    request: text('<uuid>', 'An id of your own: sent again with it, it is there once'),
    'dry-run': flag('Only look whether it would be taken'),
  },
  examples: [['evidence add TR-STK-202611-000123-61 box.jpg --kind photo', 'What the box looked like']],
  async run({ args: { id, file }, options, api, out }) {
    const evidence = api.api.v1.consignments[':id'].evidence
    // A number mistyped, or a document of others, is told before the file is looked for.
    await parseResponse(evidence.$get({ param: { id }, query: {} }))
    const body = await open(file)
    const said = {
      kind: options.kind,
      deliveryId: options.delivery,
      lineId: options.line,
      caseId: options.case,
      note: options.note,
      signedBy: options['signed-by'],
      takenAt: options.taken,
      name: basename(file),
    }
    const dryRun = options['dry-run'] ? 'true' : undefined
    const query = { id: options.request ?? randomUUID(), ...given({ ...said, dryRun }) }
    const sending = { headers: { 'content-type': 'application/octet-stream' }, init: { body } }
    const added = await parseResponse(evidence.$post({ param: { id }, query }, sending))
    const what = `${added.kind}, ${added.mediaType}, ${added.width} × ${added.height}, ${bytesText(added.bytes ?? 0)}`
    out.result(added, () =>
      added.dryRun ? `It would be taken: ${what}. Nothing was kept.` : `${added.id} is kept: ${what}`,
    )
  },
})

async function open(file: string): Promise<Blob> {
  try {
    return await openAsBlob(file)
  } catch {
    throw misuse(`<file>: ${file} cannot be read`)
  }
}
