import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { table, type Column } from '../table.ts'
import { count, duration } from '../text.ts'

const columns: Column[] = [
  { title: 'Kind', gives: true },
  { title: 'Waiting', align: 'right' },
  { title: 'Running', align: 'right' },
  { title: 'Done', align: 'right' },
  { title: 'Failed', align: 'right' },
  { title: 'Dead', align: 'right' },
  { title: 'A minute', align: 'right' },
  { title: 'Wait p50/p95', align: 'right' },
  { title: 'Run p50/p95', align: 'right' },
]

export default command({
  group: 'looking',
  summary: 'Numbers of the queue, kind by kind',
  details: 'Rates, waits and runs are of the last five minutes. Dead: failed for good, and waiting for a person.',
  args: {},
  options: {},
  examples: [['queue stats', 'All kinds of jobs']],
  async run({ api, out }) {
    const stats = await parseResponse(api.api.v1.jobs.stats.$get())
    out.result(stats, (screen) => {
      const rows = stats.kinds.map((one) => [
        one.kind,
        count(one.waiting + one.deferred),
        count(one.running),
        count(one.done),
        count(one.failed),
        count(one.dead),
        one.perMinute.toFixed(1),
        span(one.waitMs),
        span(one.runMs),
      ])
      return table(screen, columns, rows)
    })
  },
})

function span({ p50, p95 }: { p50: number | null; p95: number | null }): string {
  return p50 === null || p95 === null ? '–' : `${inWords(p50)} / ${inWords(p95)}`
}

function inWords(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : duration(ms / 1_000)
}
