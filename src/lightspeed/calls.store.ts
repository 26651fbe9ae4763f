import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Call = {
  at: Date
  method: string
  path: string
  endpoint: string
  status: number | null
  durationMs: number
  attempt: number
  failure: string | null
  correlationId: string | null
}

/** Many calls in one statement. */
export async function insertCalls(db: Db, calls: readonly Call[]) {
  const rows = calls.map(({ durationMs, correlationId, ...call }) => ({
    ...call,
    duration_ms: durationMs,
    correlation_id: correlationId,
  }))
  await db.insertInto('lightspeed_call').values(rows).execute()
}

export type Performance = {
  method: string
  endpoint: string
  calls: number
  failures: number
  p50: number
  p95: number
}

/** How long calls took (milliseconds) and how many failed, by endpoint, most called first. */
export async function listPerformance(db: Db, since: Date): Promise<Performance[]> {
  const { rows } = await sql<Performance>`
    select method, endpoint, count(*) as calls, count(failure) as failures,
      percentile_disc(0.5) within group (order by duration_ms) as p50,
      percentile_disc(0.95) within group (order by duration_ms) as p95
    from lightspeed_call where at >= ${since} group by method, endpoint order by calls desc, endpoint, method`.execute(
    db,
  )
  return rows
}
