import { parseResponse } from 'hono/client'
import { returnReasons } from '#src/returning/returnable.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, names, text } from '../options.ts'
import { wholeLines } from './document.report.ts'

export default command({
  group: 'moving',
  summary: 'Send goods of a receipt back',
  details: `A line is <line>=<quantity>:<reason>, a line by its id, product or SKU; or a case by its id, which says how much and why. Reasons: ${returnReasons.join(', ')}.`,
  args: { id: 'The order that they came with, by its number or id' },
  options: {
    lines: names('<line=quantity:reason,…>', 'What goes back'),
    cases: names('<id,…>', 'Cases whose goods go back'),
    rma: text('<number>', 'The number that the supplier gave for it'),
    note: text('<text>', 'A note for whoever reads it'),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['consignment return PO-STK-202611-000007-55 --lines TEA=2:faulty', 'Two teas go back']],
  async run({ args: { id }, options: { lines = [], cases = [], rma, note, 'dry-run': dryRun }, api, out }) {
    const param = { id }
    const { lines: known } = await parseResponse(api.api.v1.consignments[':id'].$get({ param }))
    const named = lines.map((given) => {
      const [, word = '', quantity = '', said] = /^(.+)=([^:]+):(.+)$/.exec(given) ?? []
      const reason = returnReasons.find((one) => one === said)
      if (!reason) throw misuse(`--lines: give <line>=<quantity>:<reason>, not "${given}"`)
      const line = known.find((one) => [one.id, one.productId, one.sku].includes(word))
      return { lineId: line?.id ?? word, quantity, reason }
    })
    const wished = [...named, ...cases.map((caseId) => ({ caseId }))]
    if (wished.length === 0) throw misuse('--lines or --cases: say what goes back')
    const json = { lines: wished, dryRun, rma: rma ?? null, note: note ?? null }
    const made = await parseResponse(api.api.v1.consignments[':id'].returns.$post({ param, json }))
    if (dryRun) out.say('Nothing was made. It would be:')
    out.result(made, (screen) => wholeLines(screen, made))
  },
})
