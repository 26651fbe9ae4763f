import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { table, type Column } from '../table.ts'
import { ago, duration, oneLine } from '../text.ts'

const columns: Column[] = [
  { title: 'Schedule' },
  { title: 'When', gives: true },
  { title: 'Next' },
  { title: 'Last' },
  { title: 'How it went', gives: true },
]

export default command({
  group: 'looking',
  summary: 'What is done by the clock, and how it went last',
  args: {},
  options: {},
  examples: [['schedule list', 'All schedules']],
  async run({ api, out }) {
    const schedules = await parseResponse(api.api.v1.schedules.$get())
    out.result(schedules, (screen) => {
      const now = new Date()
      const rows = schedules.data.map(({ name, cron, timezone, everySeconds, nextAt, pausedBy, last }) => [
        name,
        cron === null ? `every ${duration(everySeconds ?? 0)}` : `${cron} (${timezone})`,
        nextAt === null ? `paused by ${pausedBy}` : `in ${duration((Date.parse(nextAt) - now.getTime()) / 1000)}`,
        last ? ago(last.at, now) : 'never',
        oneLine(last?.error ?? last?.state ?? ''),
      ])
      return table(screen, columns, rows)
    })
  },
})
