import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Decision = 'leave' | 'zero'
export type Decided = { decision: Decision; reason: string; by: string }

/** Of these lines (all when none are named) those that nobody has counted, in their order. */
export async function listUncountedIds(
  tx: Db,
  consignmentId: string,
  lineIds: readonly string[] | undefined,
): Promise<string[]> {
  const among = lineIds === undefined ? sql`` : sql`and line.id = any(${lineIds}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    select line.id from consignment_line as line
    where line.consignment_id = ${consignmentId} ${among} and line.received is null and not exists (
      select from scan_event as scan where scan.consignment_id = ${consignmentId} and scan.product_id = line.product_id)
    and (${lineIds !== undefined} or line.decision is null) order by line.position`.execute(tx)
  return rows.map(({ id }) => id)
}

/** What becomes of lines that nobody counted; who says it again changes it. */
export async function saveDecisions(
  tx: Db,
  lineIds: readonly string[],
  { decision, reason, by }: Decided,
): Promise<void> {
  await sql`update consignment_line set decision = ${decision} where id = any(${lineIds}::uuid[])`.execute(tx)
  await sql`
    insert into stocktake_decision (line_id, decision, reason, decided_by)
    select id, ${decision}, ${reason}, ${by} from unnest(${lineIds}::uuid[]) as given (id)
    on conflict (line_id) do update set decision = excluded.decision, reason = excluded.reason,
      decided_by = excluded.decided_by, decided_at = excluded.decided_at`.execute(tx)
}
