import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { scheduleNamed } from './schedules.asking.ts'

export default command({
  group: 'sync',
  summary: 'Let a paused schedule go on',
  args: { name: 'Which one: see consign schedule list' },
  options: { 'dry-run': flag('Only say what would be done') },
  examples: [['schedule resume mirror.sync', 'Look at Lightspeed by the clock again']],
  async run({ args: { name }, options: { 'dry-run': isDryRun }, api, out }) {
    if (isDryRun) return out.result(await scheduleNamed(api, name), () => `${name} would go on.`)
    const resumed = api.api.v1.schedules[':name'].$patch({ param: { name }, json: { paused: false } })
    return out.result(await parseResponse(resumed), () => `${name} goes on.`)
  },
})
