import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { typeOption } from '../document-types.ts'
import { table, type Column } from '../table.ts'

const columns: Column[] = [
  { title: 'From' },
  { title: 'Act' },
  { title: 'To' },
  { title: 'Right' },
  { title: 'Held back by', gives: true },
]

export default command({
  group: 'moving',
  summary: 'The law: which status leads to which',
  args: {},
  options: { type: typeOption() },
  examples: [['consignment rules --type OUTLET_TRANSFER', 'Of transfers']],
  async run({ options: { type: wanted }, api, out }) {
    const rules = await parseResponse(api.api.v1.consignments.rules.$get())
    const shown = rules.types.filter(({ type }) => wanted === undefined || type === wanted)
    out.result({ ...rules, types: shown }, (screen) => {
      const parts = shown.map(({ type, steps }) => {
        const rows = steps.map((step) => [step.from, step.act, step.to, step.right, step.heldBackBy.join(', ')])
        return `${screen.paint('bold', type)}\n${table(screen, columns, rows)}`
      })
      const reasons = rules.conditions.map(({ code, words }) => `${code}: ${words}`)
      return [...parts, reasons.join('\n')].join('\n\n')
    })
  },
})
