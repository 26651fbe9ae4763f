import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Take back an order that waits for approval',
  args: { id: 'Its number or id' },
  options: { 'dry-run': flag('Only say whether it would be so') },
  examples: [['consignment withdraw PO-STK-202611-000007-55', 'To edit it, and submit it again']],
  async run({ args: { id }, options: { 'dry-run': dryRun }, api, out }) {
    const json = { decision: 'withdraw' as const, dryRun }
    const done = await parseResponse(api.api.v1.consignments[':id'].approval.$post({ param: { id }, json }))
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${done.number} is a draft again, and nobody is asked.`)
  },
})
