import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { exitCodeOfHealth, gradeLine, healthReport } from './health.report.ts'

export default command({
  group: 'checking',
  summary: 'Is everything well? Each part, with what helps',
  details: 'Exit code 0: all are well; 1: one is not, and it is said what helps; 5: the server is out of reach.',
  args: {},
  options: {
    verbose: flag('What each part says of itself, also those that are well'),
    'alert-on-error': flag('Raise an alarm where something is wrong, and hand it over'),
    'dry-run': flag('With --alert-on-error: only say which alarms would be raised'),
  },
  examples: [
    ['health check --verbose', 'Every part with its facts'],
    ['health check --alert-on-error', 'For a timer of another machine: whoever is on duty is told'],
  ],
  async run({ options: { verbose, 'alert-on-error': raises, 'dry-run': isDryRun }, api, out }) {
    const health = await (await api.health.$get()).json()
    out.result(health, (screen) =>
      [healthReport(health, screen, verbose), gradeLine(health, screen)].filter((line) => line !== '').join('\n'),
    )
    if (raises) {
      const { opened, resolved } = await parseResponse(
        api.api.v1.alerts.evaluations.$post({ query: { dryRun: isDryRun ? 'true' : 'false' } }),
      )
      for (const { id, title } of opened) out.say(isDryRun ? `Would alarm: ${title}` : `Alarm ${id}: ${title}`)
      for (const { id, title } of resolved) out.say(`Alarm ${id} ${isDryRun ? 'would be' : 'is'} over: ${title}`)
    }
    return exitCodeOfHealth(health)
  },
})
