import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { boxLines } from './box.report.ts'

export default command({
  group: 'moving',
  summary: 'The boxes of a document, and what is in them',
  args: { id: 'The transfer or return, by its number or id' },
  options: {},
  examples: [['box list TR-STK-202611-000123-61', 'With what they weigh']],
  async run({ args: { id }, api, out }) {
    const boxes = await parseResponse(api.api.v1.consignments[':id'].boxes.$get({ param: { id } }))
    out.result(boxes, (screen) => boxLines(screen, boxes.data))
  },
})
