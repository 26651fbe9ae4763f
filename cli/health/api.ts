import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag } from '../options.ts'
import { duration } from '../text.ts'
import { gradeLine } from './health.report.ts'

export default command({
  group: 'checking',
  summary: 'Does the API answer?',
  details: 'Where no server runs, the same API is opened in this process for the question, and that is said.',
  args: {},
  options: { verbose: flag('Also its process, and since when it runs') },
  examples: [['health api', 'Whether a server answers, and where']],
  async run({ options: { verbose }, api, url, out }) {
    const started = performance.now()
    const live = await parseResponse(api.health.live.$get())
    const ms = Math.round(performance.now() - started)
    const { grade, reasons, mayWrite } = await (await api.health.ready.$get()).json()
    const whole = { grade, reasons, mayWrite }
    out.result({ ...live, ...whole, url, ms }, (screen) => {
      const { paint } = screen
      const where = url === null ? 'No server runs; in this process the API answers' : `The API answers at ${url}`
      const lines = [`${paint('green', '✓')} ${where} in ${ms} ms`]
      const seconds = (Date.now() - Date.parse(live.startedAt)) / 1000
      if (verbose) lines.push(`  Consign ${live.version}, process ${live.pid}, running for ${duration(seconds)}`)
      return [...lines, gradeLine(whole, screen)].filter((line) => line !== '').join('\n')
    })
  },
})
