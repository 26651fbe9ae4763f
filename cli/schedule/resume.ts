import { parseResponse } from 'hono/client'
import { command } from '../command.ts'

export default command({
  group: 'sync',
  summary: 'Let a paused schedule go on',
  args: { name: 'Which one: see consign schedule list' },
  options: {},
  examples: [['schedule resume mirror.sync', 'Look at Lightspeed by the clock again']],
  async run({ args: { name }, api, out }) {
    const resumed = api.api.v1.schedules[':name'].$patch({ param: { name }, json: { paused: false } })
    out.result(await parseResponse(resumed), () => `${name} goes on.`)
  },
})
