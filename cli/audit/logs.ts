import { parseResponse } from 'hono/client'
import { command } from '../command.ts'
import { flag, text, time, wholeNumber } from '../options.ts'
import { table, type Column } from '../table.ts'
import { oneLine } from '../text.ts'

const columns: Column[] = [
  { title: 'Time' },
  { title: 'Kind' },
  { title: 'Entity', gives: true },
  { title: 'Status' },
  { title: 'What', gives: true },
  { title: 'Who', gives: true },
  { title: 'Correlation', gives: true },
]

export default command({
  group: 'looking',
  summary: 'What was changed, synced and asked of Lightspeed',
  details:
    'One list in the order of time, newest first: changes (who did what), syncs of an entity that brought something or failed, and calls to Lightspeed. What belongs together has the same correlation id.',
  args: {},
  options: {
    entity: text('<name>', 'Only about this entity: a mirrored one such as products, or session, api_token, …'),
    status: text('<status>', 'Only done or failed, or answers of Lightspeed with a status such as 429', (given) =>
      /^(done|failed|\d{3})$/.test(given) ? undefined : `give done, failed or a status such as 429, not "${given}"`,
    ),
    since: time('Only from this day or time on'),
    'errors-only': flag('Only what failed'),
    correlation: text('<id>', 'Only what one request, run or job caused'),
    limit: wholeNumber('<n>', 'So many lines (50)', [1, 1000]),
  },
  examples: [
    ['audit logs', 'The last 50 lines'],
    ['audit logs --errors-only --since 2026-11-01', 'What went wrong this month'],
    ['audit logs --entity products --status 429', 'When Lightspeed slowed the products down'],
  ],
  async run({ options: { 'errors-only': errorsOnly, limit = 50, ...only }, api, out }) {
    const given = Object.entries(only).filter(([, value]) => value !== undefined)
    const query = { ...Object.fromEntries(given), errorsOnly: errorsOnly ? ('true' as const) : ('false' as const) }
    const log = await parseResponse(api.api.v1.audit.log.$get({ query: { ...query, limit: String(limit) } }))
    out.result(log, (screen) => {
      if (log.data.length === 0) return 'Nothing of that kind was noted.'
      const rows = log.data.map((line) => [
        line.at.replace('T', ' ').slice(0, 19),
        line.kind,
        line.entity,
        line.httpStatus === null ? line.status : String(line.httpStatus),
        oneLine(line.detail === null ? line.what : `${line.what}: ${line.detail}`),
        line.actor ?? '',
        line.correlationId ?? '',
      ])
      return table(screen, columns, rows)
    })
  },
})
