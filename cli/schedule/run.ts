import { parseResponse } from 'hono/client'
import { command } from '../command.ts'

export default command({
  group: 'sync',
  summary: 'Do now what a schedule does',
  args: { name: 'Which one: see consign schedule list' },
  options: {},
  examples: [['schedule run mirror.prune', 'Tidy up now']],
  async run({ args: { name }, api, out }) {
    const asked = await parseResponse(api.api.v1.schedules[':name'].runs.$post({ param: { name } }))
    out.result(asked, () => (asked.added ? `${name} waits for a worker.` : `${name} waits for a worker already.`))
  },
})
