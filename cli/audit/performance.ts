import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { time } from '../options.ts'
import { table, type Column } from '../table.ts'
import { count } from '../text.ts'

const columns: Column[] = [
  { title: 'Endpoint', gives: true },
  { title: 'Calls', align: 'right' },
  { title: 'Failed', align: 'right' },
  { title: 'p50 ms', align: 'right' },
  { title: 'p95 ms', align: 'right' },
]

export default command({
  group: 'looking',
  summary: 'How long Lightspeed takes to answer, by endpoint',
  details:
    'Half of the calls took no longer than p50, 95 of 100 no longer than p95; of the last day unless --since says more.',
  args: {},
  options: { since: time('From this day or time on') },
  examples: [['audit performance', 'The last day, most called first']],
  async run({ options: { since }, api, out }) {
    const query = since === undefined ? {} : { since }
    const told = await parseResponse(api.api.v1.audit.performance.$get({ query }))
    out.result(told, (screen) => {
      if (told.endpoints.length === 0) return 'Lightspeed was not asked anything in this time.'
      const rows = told.endpoints.map(({ method, endpoint, calls, failures, p50, p95 }) => [
        `${method} ${endpoint}`,
        count(calls),
        count(failures),
        count(p50),
        count(p95),
      ])
      return table(screen, columns, rows)
    })
  },
})
