import { holdsAt, must, type Context } from '../context.ts'
import { listPerformance } from '../lightspeed/calls.store.ts'
import { pageOf } from '../kernel/page.ts'
import { withoutCosts } from './costs.rules.ts'
import { listEntries, type EntryFilter, type EntryRow } from './entries.store.ts'
import { countLogLines, listLog, type LogFilter, type LogRow } from './log.store.ts'

/** Who did what, newest first; `next` is given back as `after` for the page that follows. */
export async function readAudit({ database, actor }: Context, filter: EntryFilter) {
  must(actor, 'audit:read')
  const rows = await listEntries(database.db, filter)
  const seesCosts = holdsAt(actor, 'costs:read', [])
  return pageOf(rows, filter.limit, { view: (row) => entryView(row, seesCosts), after: (last) => String(last.id) })
}

/** Changes, syncs and calls to Lightspeed as one list in the order of time. */
export async function readLog({ database, actor }: Context, filter: LogFilter) {
  must(actor, 'audit:read')
  const rows = await listLog(database.db, filter)
  return { data: rows.map(lineView) }
}

/** How much was changed, synced and asked since then, by entity and status. */
export async function countLog({ database, actor }: Context, since: Date) {
  must(actor, 'audit:read')
  const rows = await countLogLines(database.db, since)
  const counts = rows.map(({ kind, entity, status, lines, last }) => ({
    kind,
    entity,
    status,
    lines,
    lastAt: last.toISOString(),
  }))
  return { since: since.toISOString(), counts }
}

/** How long Lightspeed took to answer since then, by endpoint; times in milliseconds. */
export async function readPerformance({ database, actor }: Context, since: Date) {
  must(actor, 'audit:read')
  return { since: since.toISOString(), endpoints: await listPerformance(database.db, since) }
}

function entryView(row: EntryRow, seesCosts: boolean) {
  // Typed as unknown: the type of any JSON has no end, and every client's types would be computed down to it.
  const told = seesCosts ? (state: unknown) => state : withoutCosts
  const states: { before: unknown; after: unknown } = { before: told(row.before), after: told(row.after) }
  return {
    id: row.id,
    sequence: row.sequence,
    at: row.at.toISOString(),
    action: row.action,
    entity: row.entity,
    entityId: row.entity_id,
    actor: row.actor,
    correlationId: row.correlation_id,
    ...states,
    reason: row.reason,
    hash: row.hash,
  }
}

function lineView(row: LogRow) {
  return {
    at: row.at.toISOString(),
    kind: row.kind,
    entity: row.entity,
    what: row.what,
    status: row.status,
    httpStatus: row.http_status,
    durationMs: row.duration_ms,
    actor: row.actor,
    correlationId: row.correlation_id,
    detail: row.detail,
  }
}
