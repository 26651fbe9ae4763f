import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { scheduleNamed } from './schedules.asking.ts'

export default command({
  group: 'sync',
  summary: 'Do now what a schedule does',
  args: { name: 'Which one: see consign schedule list' },
  options: { 'dry-run': flag('Only say what would be done') },
  examples: [['schedule run mirror.prune', 'Tidy up now']],
  async run({ args: { name }, options: { 'dry-run': isDryRun }, api, out }) {
    if (isDryRun) return out.result(await scheduleNamed(api, name), () => `${name} would be done now.`)
    const asked = await parseResponse(api.api.v1.schedules[':name'].runs.$post({ param: { name } }))
    return out.result(asked, () =>
      asked.added ? `${name} waits for a worker.` : `${name} waits for a worker already.`,
    )
  },
})
