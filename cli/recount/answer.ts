import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, misuse, text } from '../options.ts'

export default command({
  group: 'moving',
  summary: 'Say what was really sent',
  args: { id: 'Number or id of the transfer', recount: 'Its id, or the product or SKU that it is about' },
  options: {
    quantity: text('<quantity>', 'What was really sent, counted again'),
    'as-sent': flag('It was sent as it was said'),
    note: text('<text>', 'The same in words'),
    'dry-run': flag('Only look whether it may be answered so'),
  },
  examples: [['recount answer TR-STK-202611-000123-61 TEA --quantity 8', 'Two were left on the shelf']],
  async run({
    args: { id, recount },
    options: { quantity, 'as-sent': isAsSent, note = null, 'dry-run': dryRun },
    api,
    out,
  }) {
    if ((quantity === undefined) !== isAsSent) throw misuse('Give --quantity, or --as-sent')
    const said = quantity === undefined ? { answer: 'as_sent' as const } : { answer: 'recounted' as const, quantity }
    const { answer } = api.api.v1.consignments[':id']['recount-requests'][':recountId']
    const { data } = await parseResponse(api.api.v1.consignments[':id']['recount-requests'].$get({ param: { id } }))
    const asked = data.find((one) => [one.id, one.productId, one.sku].includes(recount))
    if (!asked) throw misuse(`<recount>: nobody asked ${id} about ${recount}`)
    const param = { id, recountId: asked.id }
    const done = await parseResponse(answer.$post({ param, json: { ...said, note, dryRun } }))
    const told = done.recount.quantity === null ? 'it was sent as said' : `${done.recount.quantity} were really sent`
    out.result(done, () => `${dryRun ? 'Would be so: ' : ''}${done.recount.sku ?? done.recount.productId}: ${told}.`)
  },
})
