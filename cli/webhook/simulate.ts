import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { jsonObject, objectIn } from './json.words.ts'

export default command({
  group: 'checking',
  summary: 'As if a webhook had come',
  details:
    'Lightspeed’s own types come as a form with Lightspeed’s signature, the others as signed envelopes: `consign webhook events --types` lists both. Without `--data` it speaks of no record, so it changes none.',
  args: { type: 'Its type, such as inventory.update or product.updated' },
  options: { data: jsonObject('What it speaks of'), 'dry-run': flag('Only show what would come') },
  examples: [['webhook simulate sale.update', 'A sale was made: look at the sales']],
  async run({ args: { type }, options: { data, 'dry-run': dryRun }, api, out }) {
    const json = { event: type, dryRun, ...(data ? { data: objectIn(data) } : {}) }
    const received = await parseResponse(api.api.v1['webhook-simulations'].$post({ json }))
    out.result(received, () =>
      'body' in received
        ? `Would come:\n${received.body}`
        : `${received.status}: see consign webhook events --id ${received.id}`,
    )
  },
})
