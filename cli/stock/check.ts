import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { checkLines } from './stock.report.ts'

export default command({
  group: 'moving',
  summary: 'What a document takes, against what there is',
  details: 'At the outlet that its goods come from, without what the document itself takes.',
  args: { id: 'The transfer or return, by its number or id' },
  options: {},
  examples: [['stock check TR-STK-202611-000123-61', 'Is enough of it there?']],
  async run({ args: { id }, api, out }) {
    const told = await parseResponse(api.api.v1.consignments[':id']['stock-check'].$get({ param: { id } }))
    out.result(told, (screen) => checkLines(screen, told.data))
  },
})
