import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { jsonObject, objectIn } from './json.words.ts'

export default command({
  group: 'checking',
  summary: 'As if a webhook had come',
  details:
    'Lightspeed’s own types come as a form with Lightspeed’s signature, the others as signed envelopes: `consign webhook events --types` lists both. Without `--data` it speaks of no record, so it changes none.',
  args: { type: 'Its type, such as inventory.update or product.updated' },
  options: { data: jsonObject('What it speaks of') },
  examples: [['webhook simulate sale.update', 'A sale was made: look at the sales']],
  async run({ args: { type }, options: { data }, api, out }) {
    const json = { event: type, ...(data ? { data: objectIn(data) } : {}) }
    const received = await parseResponse(api.api.v1['webhook-simulations'].$post({ json }))
    out.result(received, () => `${received.status}: see consign webhook events --id ${received.id}`)
  },
})
