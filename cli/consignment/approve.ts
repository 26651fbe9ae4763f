import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Approve an order; nobody his own',
  args: { id: 'Its number or id' },
  options: {
    reason: text('<text>', 'A word to whom it concerns'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['consignment approve PO-STK-202611-000007-55', 'It may be sent then']],
  async run({ args: { id }, options: { reason, 'dry-run': dryRun }, api, out }) {
    const json = { decision: 'approve' as const, dryRun, ...(reason === undefined ? {} : { reason }) }
    const done = await parseResponse(api.api.v1.consignments[':id'].approval.$post({ param: { id }, json }))
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${done.number} is approved.`)
  },
})
