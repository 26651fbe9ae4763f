import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Ask for the approval of an order',
  args: { id: 'Its number or id' },
  options: {
    reason: text('<text>', 'A word to whom it concerns'),
  },
  examples: [['consignment submit PO-STK-202611-000007-55', 'To whom its total is for']],
  async run({ args: { id }, options: { reason }, api, out }) {
    const json = { decision: 'submit' as const, ...(reason === undefined ? {} : { reason }) }
    const done = await parseResponse(api.api.v1.consignments[':id'].approval.$post({ param: { id }, json }))
    out.result(done, () => `${done.number} waits for approval.`)
  },
})
