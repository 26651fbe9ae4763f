import { parseResponse } from 'hono/client'
import { command } from '../command.ts'

export default command({
  group: 'sync',
  summary: 'Stop a schedule, until it is resumed',
  args: { name: 'Which one: see consign schedule list' },
  options: {},
  examples: [['schedule pause mirror.sync', 'Look at Lightspeed only when asked']],
  async run({ args: { name }, api, out }) {
    const paused = api.api.v1.schedules[':name'].$patch({ param: { name }, json: { paused: true } })
    out.result(await parseResponse(paused), () => `${name} is paused, for all workers.`)
  },
})
