import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Cancel one for good; it is kept',
  details: 'What is sent only with a reason, by a director, and while nothing is dispatched or received.',
  args: { id: 'Its number or id' },
  options: {
    reason: text('<text>', 'Why it is cancelled'),
    'dry-run': flag('Only say whether it can be cancelled'),
  },
  examples: [['consignment cancel PO-STK-202611-000007-55 --reason duplicate', 'With the reason']],
  async run({ args: { id }, options: { reason, 'dry-run': dryRun }, api, out }) {
    const json = { dryRun, ...(reason === undefined ? {} : { reason }) }
    const done = await parseResponse(api.api.v1.consignments[':id'].cancellation.$post({ param: { id }, json }))
    out.result(done, () =>
      done.dryRun ? `${done.number} can be cancelled. Nothing was changed.` : `${done.number} is cancelled.`,
    )
  },
})
