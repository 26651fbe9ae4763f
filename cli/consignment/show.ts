import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { wholeLines } from './document.report.ts'

export default command({
  group: 'moving',
  summary: 'One of them with its lines',
  args: { id: 'Its number, as people type it, or its id' },
  options: {},
  examples: [['consignment show TR-STK-202611-000123-61', 'By its number']],
  async run({ args: { id }, api, out }) {
    const one = await parseResponse(api.api.v1.consignments[':id'].$get({ param: { id } }))
    out.result(one, (screen) => wholeLines(screen, one))
  },
})
