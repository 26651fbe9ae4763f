import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { alertLines } from './alert.report.ts'

export default command({
  group: 'checking',
  summary: 'What alarms there are, and what helps',
  args: {},
  options: { all: flag('Also those that are over') },
  examples: [
    ['health alerts', 'Those that are open'],
    ['health alerts --all', 'The last hundred'],
  ],
  async run({ options: { all }, api, out }) {
    const alerts = await parseResponse(api.api.v1.alerts.$get({ query: { state: all ? 'all' : 'open' } }))
    out.result(alerts, (screen) => {
      if (alerts.data.length === 0) return all ? 'There never was an alarm.' : 'No alarm is open.'
      return alerts.data.flatMap((alert) => alertLines(alert, screen, new Date())).join('\n')
    })
  },
})
