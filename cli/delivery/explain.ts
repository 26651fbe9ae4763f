import { parseResponse } from 'hono/client'
import { varianceReasons } from '#src/receiving/variances.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'
import { oneOf } from '../query.ts'
import { lineNamed } from './delivery.finding.ts'
import { lineSentence } from './delivery.report.ts'

const nothing = 'none'

export default command({
  group: 'moving',
  summary: 'Say why a line came otherwise than expected',
  details: `Reasons: ${varianceReasons.join(', ')}; ${nothing} takes back what was said.`,
  args: { id: 'Number or id of the order or transfer', line: 'The line, by its id, product or SKU' },
  options: {
    reason: text('<reason>', 'Why it differs', oneOf([...varianceReasons, nothing])),
    note: text('<text>', 'The same in words'),
    'dry-run': flag('Only look whether it may be said'),
  },
  examples: [['delivery explain PO-STK-202611-000007-55 TEA --reason short', 'Why it is short']],
  async run({ args: { id, line }, options: { reason: said, note = null, 'dry-run': dryRun }, api, out }) {
    if (said === undefined) throw misuse(`--reason is missing: ${varianceReasons.join(', ')}, or ${nothing}`)
    const reason = varianceReasons.find((one) => one === said) ?? null
    const param = { id, lineId: await lineNamed(api, id, line) }
    const { variance } = api.api.v1.consignments[':id'].lines[':lineId']
    const done = await parseResponse(variance.$put({ param, json: { reason, note, dryRun } }))
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${lineSentence(done.line)}`)
  },
})
