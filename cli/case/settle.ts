import { parseResponse } from 'hono/client'
import { settlements } from '#src/cases/plan.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { oneOf } from '../query.ts'

export default command({
  group: 'moving',
  summary: 'Settle a case, once',
  details: `Outcomes: ${settlements.join(', ')}. What is settled already ends with exit code 3.`,
  args: { id: 'Its id' },
  options: {
    outcome: text('<outcome>', `One of ${settlements.join(', ')}`),
    note: text('<text>', 'How it came to that'),
    'dry-run': flag('Only say whether it would be so'),
  },
  examples: [['case settle 0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11 --outcome credit', 'The supplier gave a credit']],
  async run({ args: { id }, options: { outcome: given, note, 'dry-run': dryRun }, api, out }) {
    const outcome = settlements.find((one) => one === given)
    if (!outcome) throw misuse(`--outcome: ${oneOf(settlements)(given ?? '') ?? 'give one'}`)
    const json = { outcome, dryRun, ...(note === undefined ? {} : { note }) }
    const done = await parseResponse(api.api.v1.cases[':id'].settlement.$post({ param: { id }, json }))
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}The case of ${done.number} is settled: ${done.outcome}.`)
  },
})
