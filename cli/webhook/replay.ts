import { parseResponse } from 'hono/client'
import { command } from '../command.ts'

export default command({
  group: 'sync',
  summary: 'Do a webhook again',
  details: 'What it carries is taken only where it is newer than what is held, so a replay never brings back the past.',
  args: { id: 'Which one: see consign webhook events' },
  options: {},
  examples: [['webhook replay 42', 'Do this one again']],
  async run({ args: { id }, api, out }) {
    const replayed = await parseResponse(api.api.v1['webhook-events'][':id'].replay.$post({ param: { id } }))
    out.result(replayed, () => `Webhook ${replayed.id} waits to be done again.`)
  },
})
