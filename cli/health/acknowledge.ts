import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'

export default command({
  group: 'checking',
  summary: 'Say that you see to an alarm',
  details: 'It stays open until its cause is gone. Who said so is in the audit.',
  args: { id: 'Which one: see consign health alerts' },
  options: { 'dry-run': flag('Only say which alarm it is') },
  examples: [['health acknowledge 12', 'The alarm 12 is seen to']],
  async run({ args: { id }, options: { 'dry-run': isDryRun }, api, out }) {
    if (isDryRun) {
      const alert = await parseResponse(api.api.v1.alerts[':id'].$get({ param: { id } }))
      return out.result(alert, () => `Would be acknowledged: ${alert.title}.`)
    }
    const alert = await parseResponse(api.api.v1.alerts[':id'].acknowledgement.$post({ param: { id } }))
    return out.result(alert, () => `${alert.title}: ${alert.acknowledgedBy} sees to it.`)
  },
})
