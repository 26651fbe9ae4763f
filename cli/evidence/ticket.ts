import { parseResponse } from 'hono/client'
import { longestMinutes, mostPhotos } from '#src/evidence/tickets.rules.ts'
import { deliveryNamed } from '../delivery/delivery.finding.ts'
import { command } from '../command.ts'
import { flag, text, wholeNumber } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Let another phone add photos for some minutes',
  details:
    'Whoever has the address may add photos to this document, without signing in, and nothing else. It is told this once: show it as a QR code.',
  args: { id: 'Number or id of the document' },
  options: {
    delivery: text('<id>', 'The delivery that they show, by its id or 1, 2, …'),
    line: text('<id>', 'The line that they show'),
    photos: wholeNumber('<n>', `So many at the most (${mostPhotos})`, [1, mostPhotos]),
    minutes: wholeNumber('<n>', `Good for so long (${longestMinutes})`, [1, longestMinutes]),
    'dry-run': flag('Only look whether it may be made'),
  },
  examples: [['evidence ticket PO-STK-202611-000007-55 --delivery 1', 'The driver has the better camera']],
  async run({ args: { id }, options: { delivery, line, photos, minutes, 'dry-run': dryRun }, api, url, out }) {
    const deliveryId = delivery === undefined ? undefined : await deliveryNamed(api, id, delivery)
    const json = {
      dryRun,
      ...(deliveryId === undefined ? {} : { deliveryId }),
      ...(line === undefined ? {} : { lineId: line }),
      ...(photos === undefined ? {} : { mostPhotos: photos }),
      ...(minutes === undefined ? {} : { minutes }),
    }
    const made = await parseResponse(api.api.v1.consignments[':id']['evidence-tickets'].$post({ param: { id }, json }))
    const what = `${made.mostPhotos} photos of ${made.number}, until ${made.expiresAt.slice(11, 16)} UTC`
    if (url === null) out.say('No server runs just now: the phone reaches Consign only once one does.')
    out.result(made, () => (made.dryRun ? `It would be for ${what}. Nothing was made.` : `${made.page}\nFor ${what}.`))
  },
})
