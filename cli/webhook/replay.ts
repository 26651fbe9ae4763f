import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'

export default command({
  group: 'sync',
  summary: 'Do a webhook again',
  details: 'What it carries is taken only where it is newer than what is held, so a replay never brings back the past.',
  args: { id: 'Which one: see consign webhook events' },
  options: { 'dry-run': flag('Only show it') },
  examples: [['webhook replay 42', 'Do this one again']],
  async run({ args: { id }, options: { 'dry-run': isDryRun }, api, out }) {
    if (isDryRun) {
      const event = await parseResponse(api.api.v1['webhook-events'][':id'].$get({ param: { id } }))
      return out.result(event, () => `Webhook ${event.id} (${event.type}, ${event.state}) would be done again.`)
    }
    const replayed = await parseResponse(api.api.v1['webhook-events'][':id'].replay.$post({ param: { id } }))
    return out.result(replayed, () => `Webhook ${replayed.id} waits to be done again.`)
  },
})
