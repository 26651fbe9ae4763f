import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { requestLines } from './request.report.ts'

export default command({
  group: 'moving',
  summary: 'What was asked for, and what was answered',
  args: { id: 'The transfer, by its number or id' },
  options: {},
  examples: [['transfer show TR-STK-202611-000123-61', 'Beside what there is']],
  async run({ args: { id }, api, out }) {
    const told = await parseResponse(api.api.v1.consignments[':id'].request.$get({ param: { id } }))
    out.result(told, (screen) => requestLines(screen, told))
  },
})
