import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../db/database.ts'

export type LogFilter = {
  /** A mirrored entity such as `products`, or what an audit row is about, such as `session`. */
  entity?: string | undefined
  /** `done`, `failed`, or a status of Lightspeed's answers such as 429. */
  status?: string | undefined
  correlation?: string | undefined
  since?: Date | undefined
  errorsOnly?: boolean | undefined
  limit: number
}

export type LogRow = {
  at: Date
  kind: 'change' | 'sync' | 'call'
  entity: string
  what: string
  status: 'done' | 'failed'
  http_status: number | null
  duration_ms: number | null
  actor: string | null
  correlation_id: string | null
  detail: string | null
}

/** What was changed, what was synced and what Lightspeed was asked, in one list, newest first. */
export async function listLog(db: Db, filter: LogFilter): Promise<LogRow[]> {
  const parts = [changes, syncs, calls].map((part) => sql`(${part(filter)} order by at desc limit ${filter.limit})`)
  const { rows } =
    await sql<LogRow>`${sql.join(parts, sql` union all `)} order by at desc limit ${filter.limit}`.execute(db)
  return rows
}

export type LogCount = Pick<LogRow, 'kind' | 'entity' | 'status'> & { lines: number; last: Date }

/** Of the same list how many lines there are since then, by what they are, entity and status. */
export async function countLogLines(db: Db, since: Date): Promise<LogCount[]> {
  const parts = [changes, syncs, calls].map((part) => part({ since, limit: 0 }))
  const { rows } = await sql<LogCount>`
    select kind, entity, status, count(*)::integer as lines, max(at) as last from (${sql.join(parts, sql` union all `)}) as line
    group by kind, entity, status order by kind, entity, status`.execute(db)
  return rows
}

function changes({ entity, ...filter }: LogFilter) {
  return sql`
    select at, 'change' as kind, entity, action || ' ' || entity_id as what, 'done' as status, null::integer as http_status,
      null::integer as duration_ms, actor, correlation_id, reason as detail
    from audit where ${all([
      entity && sql`entity = ${entity}`,
      filter.errorsOnly && sql`false`,
      filter.status && sql`${filter.status} = 'done'`,
      filter.since && sql`at >= ${filter.since}`,
      filter.correlation && sql`correlation_id = ${filter.correlation}`,
    ])}`
}

/** Syncs that brought nothing and went well are left out: there is one every half minute. */
function syncs({ entity, ...filter }: LogFilter) {
  return sql`
    select e.finished_at as at, 'sync', entity, format('%s read, %s new, %s changed, %s set aside', fetched, inserted, updated, rejected),
      e.state, null::integer, (extract(epoch from e.finished_at - e.started_at) * 1000)::integer, requested_by, correlation_id, error
    from sync_run_entity e join sync_run r on r.id = e.run_id where ${all([
      sql`e.finished_at is not null and (error is not null or inserted + updated + rejected > 0)`,
      entity && sql`entity = ${entity}`,
      filter.errorsOnly && sql`error is not null`,
      filter.status && sql`e.state = ${filter.status}`,
      filter.since && sql`e.finished_at >= ${filter.since}`,
      filter.correlation && sql`correlation_id = ${filter.correlation}`,
    ])}`
}

function calls({ entity, ...filter }: LogFilter) {
  return sql`
    select at, 'call', split_part(endpoint, '/', 4), method || ' ' || path, case when failure is null then 'done' else 'failed' end,
      status, duration_ms, null, correlation_id, failure
    from lightspeed_call where ${all([
      entity && sql`split_part(endpoint, '/', 4) = ${entity.replaceAll('-', '_')}`,
      filter.errorsOnly && sql`failure is not null`,
      filter.status && sql`${filter.status} in (case when failure is null then 'done' else 'failed' end, status::text)`,
      filter.since && sql`at >= ${filter.since}`,
      filter.correlation && sql`correlation_id = ${filter.correlation}`,
    ])}`
}

type Condition = RawBuilder<unknown> | '' | false | undefined

function all(conditions: Condition[]) {
  const those = conditions.filter((one) => one instanceof Object)
  return those.length === 0 ? sql`true` : sql.join(those, sql` and `)
}
