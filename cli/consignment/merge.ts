import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { wholeLines } from './document.report.ts'

export default command({
  group: 'moving',
  summary: 'Take a draft’s lines into another order',
  details: 'For an order that was raised twice: quantities add up, and the draft is cancelled.',
  args: { id: 'The draft: its number or id' },
  options: {
    into: text('<id>', 'The order that is to have its lines'),
    reason: text('<text>', 'Why, for the revision of what is approved'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['consignment merge PO-STK-202611-000007-55 --into ID', 'Ordered twice']],
  async run({ args: { id }, options: { into, reason, 'dry-run': dryRun }, api, out }) {
    if (into === undefined) throw misuse('--into is missing: the order that is to have its lines')
    const json = { into, dryRun, ...(reason === undefined ? {} : { reason }) }
    const done = await parseResponse(api.api.v1.consignments[':id'].merging.$post({ param: { id }, json }))
    if (dryRun) out.say('Nothing was merged. It would be:')
    out.result(done, (screen) => wholeLines(screen, done))
  },
})
