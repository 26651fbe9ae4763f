import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type NewNotice = {
  kind: 'approval_reminder' | 'approval_next' | 'approval_expired'
  consignmentId: string
  requestId: string
  toRoles?: readonly string[]
  toActor?: string
  why: string
}

/** Told once: the same notice about the same request again is none. */
export async function insertNotice(tx: Db, notice: NewNotice) {
  await tx
    .insertInto('notice')
    .values({
      kind: notice.kind,
      consignment_id: notice.consignmentId,
      approval_request_id: notice.requestId,
      to_roles: [...(notice.toRoles ?? [])],
      to_actor: notice.toActor ?? null,
      why: notice.why,
      at: sql<Date>`clock_timestamp()`,
    })
    .onConflict((at) => at.doNothing())
    .execute()
}

export type NoticeRow = Awaited<ReturnType<typeof listNotices>>[number]

export type NoticeFilter = {
  kind?: string | undefined
  role?: string | undefined
  to?: string | undefined
  consignmentId?: string | undefined
  outlets?: readonly string[] | undefined
}

type Page = { below: { at: string; id: string } | undefined; limit: number }

/** Newest first, with the document that each is about. */
export async function listNotices(db: Db, filter: NoticeFilter, { below, limit }: Page) {
  let query = db
    .selectFrom('notice')
    .innerJoin('consignment', 'consignment.id', 'notice.consignment_id')
    .selectAll('notice')
    .select(['consignment.number', sql<string>`notice.at::text`.as('place')])
    .orderBy('notice.at', 'desc')
    .orderBy('notice.id', 'desc')
    .limit(limit)
  const { kind, role, to, consignmentId, outlets } = filter
  if (kind !== undefined) query = query.where('notice.kind', '=', kind)
  if (role !== undefined) query = query.where(sql<boolean>`${role} = any(notice.to_roles)`)
  if (to !== undefined) query = query.where('notice.to_actor', '=', to)
  if (consignmentId !== undefined) query = query.where('notice.consignment_id', '=', consignmentId)
  if (outlets !== undefined)
    query = query.where(
      sql<boolean>`(consignment.outlet_id = any(${outlets}::text[]) or consignment.source_outlet_id = any(${outlets}::text[]))`,
    )
  if (below) query = query.where(sql<boolean>`(notice.at, notice.id) < (${below.at}::timestamptz, ${below.id}::uuid)`)
  return query.execute()
}
