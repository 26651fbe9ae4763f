import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** From when on a document counts as stuck. */
export type Thresholds = { lateSentDays: number; latePartialDays: number; sendPackagedHours: number }

export type Wanted = {
  reasons: readonly string[]
  type: string | undefined
  outlets: readonly string[] | undefined
  below: { at: string; id: string } | undefined
  limit: number
}

export type Late = { id: string; reasons: string[]; since: Date; place: string }

/** Seconds after which a packer who says nothing is taken to have left. */
const silentPackerSeconds = 90

/** Documents that somebody should look at, with the reasons, those that have waited longest first. */
export async function listLate(db: Db, { reasons, type, outlets, below, limit }: Wanted, than: Thresholds) {
  const { rows } = await sql<Late>`
    with late as (${lateReasons(than)})
    select c.id, array_agg(late.reason order by late.reason) as reasons, min(late.since) as since,
      min(late.since)::text as place
    from late join consignment c using (id)
    where late.reason = any(${reasons}::text[])
      and (${type ?? null}::text is null or c.type = ${type ?? null})
      and (${outlets ?? null}::text[] is null
        or c.outlet_id = any(${outlets ?? null}::text[]) or c.source_outlet_id = any(${outlets ?? null}::text[]))
    group by c.id
    having ${below?.at ?? null}::text is null
      or (min(late.since), c.id) > (${below?.at ?? null}::timestamptz, ${below?.id ?? null}::uuid)
    order by min(late.since), c.id limit ${limit}`.execute(db)
  return rows
}

function lateReasons({ lateSentDays, latePartialDays, sendPackagedHours }: Thresholds) {
  return sql`
    select id, 'overdue' as reason, due_at as since from consignment
      where due_at < now() and status in ('OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'PARTIAL')
    union all
    select id, 'sent_too_long', status_since from consignment
      where status = 'SENT' and status_since < now() - make_interval(days => ${lateSentDays})
    union all
    select id, 'partial_too_long', status_since from consignment
      where status = 'PARTIAL' and status_since < now() - make_interval(days => ${latePartialDays})
    union all
    select id, 'packed_too_long', status_since from consignment
      where status = 'PACKAGED' and status_since < now() - make_interval(hours => ${sendPackagedHours} + 1)
    union all
    select id, 'packing_abandoned', status_since from consignment
      where status = 'PACKING' and status_since < now() - make_interval(secs => ${silentPackerSeconds})
        and not exists (select from pack_lock l where l.consignment_id = consignment.id
          and l.beat_at > now() - make_interval(secs => ${silentPackerSeconds}))
    union all
    select id, case link when 'failed' then 'push_failed' else 'push_conflict' end, updated_at from consignment
      where link in ('failed', 'conflict')`
}
