import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { RejectionReason } from './approving.rules.ts'

export type RequestRow = Awaited<ReturnType<typeof listRequests>>[number]

/** Of one document, newest first. */
export async function listRequests(db: Db, consignmentId: string) {
  return db
    .selectFrom('approval_request')
    .innerJoin('consignment', 'consignment.id', 'approval_request.consignment_id')
    .selectAll('approval_request')
    .select('consignment.currency')
    .where('consignment_id', '=', consignmentId)
    .orderBy('asked_at', 'desc')
    .limit(100)
    .execute()
}

export type NewRequest = {
  consignmentId: string
  total: string
  roles: readonly string[]
  wantedFrom: string | null
  askedBy: string
}

export async function insertRequest(tx: Db, { consignmentId, total, roles, wantedFrom, askedBy }: NewRequest) {
  await tx
    .insertInto('approval_request')
    .values({
      consignment_id: consignmentId,
      total,
      roles: [...roles],
      wanted_from: wantedFrom,
      asked_by: askedBy,
      asked_at: sql<Date>`clock_timestamp()`,
    })
    .execute()
}

export type Decided = {
  decision: 'approved' | 'rejected' | 'changes_requested' | 'withdrawn' | 'expired'
  decidedBy: string
  onBehalfOf: string | null
  holdsUpTo: string | null
  isOwn: boolean
  reasonCode: RejectionReason | null
  reason: string | null
  resubmitUntil: Date | null
}

/** Answers the request that waits; the document is locked, so there is one at the most. */
export async function decideRequest(tx: Db, consignmentId: string, decided: Decided) {
  await tx
    .updateTable('approval_request')
    .set({
      decision: decided.decision,
      decided_by: decided.decidedBy,
      decided_at: sql<Date>`clock_timestamp()`,
      on_behalf_of: decided.onBehalfOf,
      holds_up_to: decided.holdsUpTo,
      is_own: decided.isOwn,
      reason_code: decided.reasonCode,
      reason: decided.reason,
      resubmit_until: decided.resubmitUntil,
    })
    .where('consignment_id', '=', consignmentId)
    .where('decision', 'is', null)
    .execute()
}

export type PendingRow = Awaited<ReturnType<typeof listPending>>[number]

type Pending = {
  role: string | undefined
  /** Only what arrives at one of these; undefined: everywhere. */
  outlets: readonly string[] | undefined
  above: { at: string; id: string } | undefined
  limit: number
}

/** A notice about it, its time as PostgreSQL writes it into JSON. */
type Told = { kind: string; toRoles: string[]; why: string; at: string }

/** What waits for an answer, longest first; of one role, if it is given. */
export async function listPending(db: Db, { role, outlets, above, limit }: Pending) {
  let query = db
    .selectFrom('approval_request as request')
    .innerJoin('consignment', 'consignment.id', 'request.consignment_id')
    .where('request.decision', 'is', null)
    .select([
      'request.id',
      'request.total',
      'request.roles',
      'request.wanted_from',
      'request.asked_by',
      'request.asked_at',
      'request.reminded_at',
    ])
    .select(['consignment.id as consignment_id', 'consignment.number', 'consignment.type', 'consignment.outlet_id'])
    .select('consignment.source_outlet_id')
    .select(['consignment.supplier_id', 'consignment.currency', sql<string>`request.asked_at::text`.as('place')])
    .select(
      sql<Told[]>`(select coalesce(json_agg(json_build_object('kind', kind, 'toRoles', to_roles, 'why', why, 'at', at)
        order by at), '[]') from notice where approval_request_id = request.id)`.as('notices'),
    )
    .orderBy('request.asked_at')
    .orderBy('request.id')
    .limit(limit)
  if (role !== undefined) query = query.where(sql<boolean>`${role} = any(request.roles)`)
  if (outlets !== undefined) query = query.where('consignment.outlet_id', '=', sql<string>`any(${outlets}::text[])`)
  if (above)
    query = query.where(sql<boolean>`(request.asked_at, request.id) > (${above.at}::timestamptz, ${above.id}::uuid)`)
  return query.execute()
}

/** Of a document that is cancelled nobody waits for an answer any more. */
export async function withdrawAsked(tx: Db, consignmentId: string, actor: string) {
  await tx
    .updateTable('approval_request')
    .set({ decision: 'withdrawn', decided_by: actor, decided_at: sql<Date>`clock_timestamp()` })
    .where('consignment_id', '=', consignmentId)
    .where('decision', 'is', null)
    .execute()
}
