import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Ask for the approval of an order',
  args: { id: 'Its number or id' },
  options: {
    reason: text('<text>', 'A word to whom it concerns'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['consignment submit PO-STK-202611-000007-55', 'To whom its total is for']],
  async run({ args: { id }, options: { reason, 'dry-run': dryRun }, api, out }) {
    const json = { decision: 'submit' as const, dryRun, ...(reason === undefined ? {} : { reason }) }
    const done = await parseResponse(api.api.v1.consignments[':id'].approval.$post({ param: { id }, json }))
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${done.number} waits for approval.`)
  },
})
