import { parseResponse } from 'hono/client'
import { rejectionReasons } from '#src/consignments/approving.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, names, text } from '../options.ts'
import { counted } from '../text.ts'

const decisions = { approve: 'approved', reject: 'rejected', request_changes: 'sent back for changes' } as const

export default command({
  group: 'moving',
  summary: 'One answer about many: all of them or none',
  args: { decision: `One of ${Object.keys(decisions).join(', ')}` },
  options: {
    ids: names('<id,…>', 'Which: their numbers or ids'),
    reason: text('<text>', `Why: ${rejectionReasons.join(', ')}, or words of your own`),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['approval decide approve --ids PO-STK-202611-000007-55', 'Each may be sent then']],
  async run({ args, options: { ids, reason, 'dry-run': dryRun }, api, out }) {
    if (ids === undefined) throw misuse('--ids is missing: say which')
    const decision = decisionNamed(args.decision)
    const json = { ids, decision, dryRun, ...(reason === undefined ? {} : { reason }) }
    const done = await parseResponse(api.api.v1.approvals.decisions.$post({ json }))
    const numbers = done.decided.map(({ number }) => number)
    out.result(done, () =>
      [
        `${dryRun ? 'Would be so: ' : ''}${counted(numbers.length, 'document')} ${decisions[decision]}.`,
        ...numbers,
      ].join('\n'),
    )
  },
})

function decisionNamed(given: string): keyof typeof decisions {
  if (given === 'approve' || given === 'reject' || given === 'request_changes') return given
  throw misuse(`<decision>: give one of ${Object.keys(decisions).join(', ')}, not "${given}"`)
}
