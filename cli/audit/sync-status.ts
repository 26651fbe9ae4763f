import { parseResponse } from 'hono/client'
import type { SyncStatus } from '#src/mirror/status.actions.ts'
import { command } from '../command.ts'
import type { Screen } from '../screen.ts'
import { table, type Column } from '../table.ts'
import { ago, count, duration } from '../text.ts'

type EntityStatus = SyncStatus['entities'][number]

const columns: Column[] = [
  { title: 'Entity', gives: true },
  { title: 'Rows', align: 'right' },
  { title: 'Cursor', align: 'right' },
  { title: 'Lag', align: 'right' },
  { title: 'Rejected', align: 'right' },
  { title: 'Last run', gives: true },
]

export default command({
  group: 'looking',
  summary: 'Rows, cursor, lag and last run of each entity',
  details: 'How true the mirror is, entity by entity. Lag is the time since Lightspeed was last read to the end.',
  args: {},
  options: {},
  examples: [['audit sync-status', 'A table of all entities']],
  async run({ api, out }) {
    const status = await parseResponse(api.api.v1.sync.$get())
    out.result(status, (screen) => statusTable(status, screen, new Date()))
  },
})

function statusTable({ entities }: SyncStatus, screen: Screen, now: Date): string {
  const rows = entities.map((one) => [
    one.entity,
    count(one.rows),
    String(one.cursor),
    one.lagSeconds === null ? 'never read' : duration(one.lagSeconds).replace(/\.\d/, ''),
    count(one.rejected),
    lastRunOf(one, now),
  ])
  return table(screen, columns, rows)
}

function lastRunOf({ lastRun }: EntityStatus, now: Date): string {
  if (lastRun === null) return ''
  const { state, startedAt, finishedAt, inserted, updated } = lastRun
  const when = finishedAt ?? startedAt
  const changes = inserted + updated > 0 ? `, ${count(inserted + updated)} written` : ''
  return `${state}${when === null ? '' : ` ${ago(when, now)}`}${changes}`
}
