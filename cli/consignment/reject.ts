import { parseResponse } from 'hono/client'
import { rejectionReasons } from '#src/consignments/approving.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Reject an order, with the reason',
  args: { id: 'Its number or id' },
  options: {
    reason: text('<text>', `Why: ${rejectionReasons.join(', ')}, or words of your own`),
    changes: flag('Only send it back for changes, as --reason says'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['consignment reject PO-STK-202611-000007-55 --reason duplicate', 'With a reason of the list']],
  async run({ args: { id }, options: { reason, changes, 'dry-run': dryRun }, api, out }) {
    if (reason === undefined) throw misuse('--reason is missing: say why')
    const json = { decision: changes ? ('request_changes' as const) : ('reject' as const), reason, dryRun }
    const done = await parseResponse(api.api.v1.consignments[':id'].approval.$post({ param: { id }, json }))
    out.result(
      done,
      () => `${dryRun ? 'Would be so: ' : ''}${done.number} ${changes ? 'goes back for changes' : 'is rejected'}.`,
    )
  },
})
