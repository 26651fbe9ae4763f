import { command } from '../command.ts'
import { flag } from '../options.ts'
import { exitCodeOfHealth, gradeLine, healthReport } from './health.report.ts'

export default command({
  group: 'checking',
  summary: 'Is everything well? Each part, with what helps',
  details: 'Exit code 0: all are well; 1: one is not, and it is said what helps; 5: the server is out of reach.',
  args: {},
  options: { verbose: flag('What each part says of itself, also those that are well') },
  examples: [['health check --verbose', 'Every part with its facts']],
  async run({ options: { verbose }, api, out }) {
    const health = await (await api.health.$get()).json()
    out.result(health, (screen) =>
      [healthReport(health, screen, verbose), gradeLine(health, screen)].filter((line) => line !== '').join('\n'),
    )
    return exitCodeOfHealth(health)
  },
})
