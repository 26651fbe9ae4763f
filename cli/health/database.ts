import { command } from '../command.ts'
import { flag } from '../options.ts'
import { exitCodeOfHealth, gradeLine, healthReport } from './health.report.ts'

export default command({
  group: 'checking',
  summary: 'Does the database answer?',
  args: {},
  options: { verbose: flag('Its version, size and connections') },
  examples: [['health database --verbose', 'Version, size, connections, time to answer']],
  async run({ options: { verbose }, api, out }) {
    const health = await (await api.health.ready.$get()).json()
    out.result(health, (screen) =>
      [healthReport(health, screen, verbose), gradeLine(health, screen)].filter((line) => line !== '').join('\n'),
    )
    return exitCodeOfHealth(health)
  },
})
