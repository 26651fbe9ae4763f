import { parseResponse } from 'hono/client'
import { lineDecisions } from '#src/cases/deciding.rules.ts'
import { command } from '../command.ts'
import { flag, misuse, names, text } from '../options.ts'
import { oneOf } from '../query.ts'

export default command({
  group: 'moving',
  summary: 'What becomes of what is owed',
  details: `For a document that waits for the rest, before it is closed short. Decisions: ${lineDecisions.join(', ')}. A line by its id or by its product.`,
  args: { id: 'Its number or id' },
  options: {
    lines: names('<line=decision,…>', 'About these lines'),
    others: text('<decision>', 'About all other lines that are owed', oneOf(lineDecisions)),
    'dry-run': flag('Only show what it would be'),
  },
  examples: [['consignment decide PO-STK-202611-000007-55 --others back_order', 'Order the rest on']],
  async run({ args: { id }, options: { lines = [], others, 'dry-run': dryRun }, api, out }) {
    const param = { id }
    const { lines: known } = await parseResponse(api.api.v1.consignments[':id'].$get({ param }))
    const decisions = lines.map((given) => {
      const [, word = '', said = ''] = /^(.+)=(.+)$/.exec(given) ?? []
      const decision = lineDecisions.find((one) => one === said)
      if (!decision) throw misuse(`--lines: give <line>=<decision>, of ${lineDecisions.join(', ')}, not "${given}"`)
      const line = known.find((one) => [one.id, one.productId, one.sku].includes(word))
      return { lineId: line?.id ?? word, decision }
    })
    const rest = lineDecisions.find((one) => one === others)
    const json = { decisions, dryRun, ...(rest === undefined ? {} : { others: rest }) }
    const done = await parseResponse(api.api.v1.consignments[':id'].decisions.$put({ param, json }))
    out.result(done, () => {
      const owed = done.lines.filter(({ open, decision }) => open !== '0' || decision !== null)
      const told = owed.map((line) => `${line.sku ?? line.productId} ${line.open}: ${line.decision ?? 'undecided'}`)
      return [`${dryRun ? 'Would be owed' : 'Owed'} by ${done.number}:`, ...told].join('\n')
    })
  },
})
