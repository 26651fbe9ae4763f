import { command } from '../command.ts'
import { flag } from '../options.ts'
import { exitCodeOfHealth, gradeLine, healthReport } from './health.report.ts'

export default command({
  group: 'checking',
  summary: 'Is the queue worked off?',
  args: {},
  options: { verbose: flag('What waits, and how many work') },
  examples: [['health queue --verbose', 'What waits, and how many work']],
  async run({ options: { verbose }, api, out }) {
    const whole = await (await api.health.$get()).json()
    const mine = whole.parts.filter(({ name }) => name === 'queue' || name === 'workers' || name === 'schedules')
    const health = { ...whole, ok: mine.every(({ ok }) => ok), parts: mine }
    out.result(health, (screen) =>
      [healthReport(health, screen, verbose), gradeLine(health, screen)].filter((line) => line !== '').join('\n'),
    )
    return exitCodeOfHealth(health)
  },
})
