import { parseResponse } from 'hono/client'
import { settlements } from '#src/cases/plan.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { oneOf } from '../query.ts'

export default command({
  group: 'moving',
  summary: 'Settle a case, once',
  details: `Outcomes: ${settlements.join(', ')}. What is found is taken in, or into stock where the document is closed; reship drafts a document that brings it again. What is settled already ends with exit code 3.`,
  args: { id: 'Its id' },
  options: {
    outcome: text('<outcome>', `One of ${settlements.join(', ')}`),
    note: text('<text>', 'How it came to that; needed to write off'),
    quantity: text('<n>', 'Only so many of it; the rest stays open'),
    at: text('<outlet>', 'Of what was found: where, unless where it should have arrived'),
    'no-photo': text('<reason>', 'Of damage that is credited: why there is no photo'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['case settle 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --outcome credit', 'The supplier gave a credit']],
  async run({ args: { id }, options: { outcome: given, 'dry-run': dryRun, ...more }, api, out }) {
    const { note, quantity, at: outletId, 'no-photo': noPhotoReason } = more
    const outcome = settlements.find((one) => one === given)
    if (!outcome) throw misuse(`--outcome: ${oneOf(settlements)(given ?? '') ?? 'give one'}`)
    const json = {
      outcome,
      dryRun,
      ...(note === undefined ? {} : { note }),
      ...(quantity === undefined ? {} : { quantity }),
      ...(outletId === undefined ? {} : { outletId }),
      ...(noPhotoReason === undefined ? {} : { noPhotoReason }),
    }
    const done = await parseResponse(api.api.v1.cases[':id'].settlement.$post({ param: { id }, json }))
    const how = done.outcome === null ? `${done.quantity} of it still open` : `settled: ${done.outcome}`
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}The case of ${done.number} is ${how}.`)
  },
})
