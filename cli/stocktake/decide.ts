import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, names, text } from '../options.ts'
import { oneOf } from '../query.ts'

const decisions = ['leave', 'zero'] as const

export default command({
  group: 'moving',
  summary: 'Say what becomes of what nobody counted',
  details: 'leave: its stock stays as it is. zero: there is none. Nothing is ever zero because nobody looked.',
  args: { id: 'Number or id of the count' },
  options: {
    decision: text('<what>', `One of ${decisions.join(', ')}`),
    reason: text('<text>', 'Why it is so'),
    lines: names('<id,…>', 'Only these lines; without them all that are open'),
    'dry-run': flag('Only say how many lines that would be'),
  },
  examples: [['stocktake decide CT-STK-202611-4-18 --decision leave --reason window', 'The rest stays']],
  async run({ args: { id }, options: { decision: given, reason, lines, 'dry-run': dryRun }, api, out }) {
    const decision = decisions.find((one) => one === given)
    if (!decision) throw misuse(`--decision: ${oneOf(decisions)(given ?? '') ?? 'give one'}`)
    if (reason === undefined) throw misuse('--reason is missing: why nobody counted it')
    const json = { decision, reason, dryRun, ...(lines === undefined ? {} : { lineIds: lines }) }
    const done = await parseResponse(api.api.v1.consignments[':id'].uncounted.$post({ param: { id }, json }))
    out.result(
      done,
      () =>
        `${dryRun ? 'Would be so: ' : ''}${done.decided} lines: ${decision}. ${done.progress.uncounted} are still open.`,
    )
  },
})
