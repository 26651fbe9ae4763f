import { parseResponse } from 'hono/client'
import { command } from '../command.ts'

export default command({
  group: 'checking',
  summary: 'Say that you see to an alarm',
  details: 'It stays open until its cause is gone. Who said so is in the audit.',
  args: { id: 'Which one: see consign health alerts' },
  options: {},
  examples: [['health acknowledge 12', 'The alarm 12 is seen to']],
  async run({ args: { id }, api, out }) {
    const alert = await parseResponse(api.api.v1.alerts[':id'].acknowledgement.$post({ param: { id } }))
    out.result(alert, () => `${alert.title}: ${alert.acknowledgedBy} sees to it.`)
  },
})
