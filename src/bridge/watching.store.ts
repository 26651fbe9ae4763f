import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { looksLikeRest } from './legs-over.store.ts'

/** A document whose leg was changed in Lightspeed since it was last read there; `version`: what the mirror has of it. */
export type Stirred = { consignmentId: string; remoteId: string; version: number }

/** By the mirror, which polls and webhooks keep, and by what webhooks have told. The longest unread first. */
export async function listStirred(tx: Db, limit: number): Promise<Stirred[]> {
  const { rows } = await sql<Stirred>`
    select leg.consignment_id as "consignmentId", leg.remote_id as "remoteId",
      greatest(held.version, lines.version, rest.version, leg.watched_version) as version
    from consignment_leg leg
    join consignment document on document.id = leg.consignment_id and document.status <> 'ARCHIVED'
    left join mirror.consignment held on held.id = leg.remote_id
    left join lateral (select max(version) as version from mirror.consignment_product where consignment_id = leg.remote_id)
      as lines on true
    left join lateral (select max(rest.version) as version from mirror.consignment rest
      where leg.finished_at is null and leg.remote_status = 'RECEIVED' and document.status = 'RECEIVED'
        and document.type = 'PURCHASE_ORDER' and document.status_since > now() - interval '2 days' and ${looksLikeRest})
      as rest on true
    where leg.remote_id is not null and leg.seen_at is not null and (
      greatest(held.version, lines.version, rest.version) > leg.watched_version
      or exists (select from consignment_observation seen where seen.consignment_id = leg.remote_id and seen.applied_at is null)
    )
    order by leg.seen_at limit ${limit}`.execute(tx)
  return rows
}

/** What webhooks told of these is about to be looked into; what they told of others concerns no document of ours. */
export async function markObservationsApplied(tx: Db, remoteIds: readonly string[]): Promise<void> {
  await sql`
    update consignment_observation seen set applied_at = clock_timestamp()
    where applied_at is null and (seen.consignment_id = any(${remoteIds}::text[])
      or not exists (select from consignment_leg leg where leg.remote_id = seen.consignment_id))`.execute(tx)
}

/** So far it has been read in Lightspeed, whatever came of it. */
export async function saveWatched(db: Db, consignmentId: string, version: number): Promise<void> {
  await sql`
    update consignment_leg set watched_version = ${version}
    where consignment_id = ${consignmentId} and watched_version < ${version}`.execute(db)
}

/** Documents of which it is said that a push waits or runs, or that it failed. */
export async function listPushed(tx: Db): Promise<{ id: string; link: string }[]> {
  return tx
    .selectFrom('consignment')
    .select(['id', 'link'])
    .where('link', 'in', ['queued', 'failed'])
    .where('type', '<>', 'STOCKTAKE')
    .forUpdate()
    .skipLocked()
    .execute()
}
