import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { scheduleNamed } from './schedules.asking.ts'

export default command({
  group: 'sync',
  summary: 'Stop a schedule, until it is resumed',
  args: { name: 'Which one: see consign schedule list' },
  options: { 'dry-run': flag('Only say what would be done') },
  examples: [['schedule pause mirror.sync', 'Look at Lightspeed only when asked']],
  async run({ args: { name }, options: { 'dry-run': isDryRun }, api, out }) {
    if (isDryRun) return out.result(await scheduleNamed(api, name), () => `${name} would be paused, for all workers.`)
    const paused = api.api.v1.schedules[':name'].$patch({ param: { name }, json: { paused: true } })
    return out.result(await parseResponse(paused), () => `${name} is paused, for all workers.`)
  },
})
