import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { EvidenceKind } from './photos.rules.ts'

/** What a photo is of, next to the document: an arrival, a line, a case. */
export type Target = { deliveryId: string | null; lineId: string | null; caseId: string | null }

export type NewEvidence = Target & {
  id: string
  consignmentId: string
  kind: EvidenceKind
  sentSha256: string
  sha256: string
  name: string | null
  note: string | null
  signedBy: string | null
  takenAt: Date | null
  ticketId: string | null
  createdBy: string
}

export type EvidenceRow = NonNullable<Awaited<ReturnType<typeof findEvidence>>>

export async function insertEvidence(tx: Db, one: NewEvidence) {
  await tx
    .insertInto('evidence')
    .values({
      id: one.id,
      consignment_id: one.consignmentId,
      delivery_id: one.deliveryId,
      line_id: one.lineId,
      case_id: one.caseId,
      kind: one.kind,
      sent_sha256: one.sentSha256,
      sha256: one.sha256,
      file: one.sha256,
      name: one.name,
      note: one.note,
      signed_by: one.signedBy,
      taken_at: one.takenAt,
      ticket_id: one.ticketId,
      created_by: one.createdBy,
    })
    .execute()
}

const withFile = (db: Db) =>
  db
    .selectFrom('evidence')
    .leftJoin('evidence_file', 'evidence_file.sha256', 'evidence.file')
    .selectAll('evidence')
    .select(['evidence_file.media_type', 'evidence_file.bytes', 'evidence_file.width', 'evidence_file.height'])

export async function findEvidence(db: Db, id: string) {
  return withFile(db).where('evidence.id', '=', id).executeTakeFirst()
}

export type EvidenceFilter = {
  deliveryId?: string | undefined
  lineId?: string | undefined
  caseId?: string | undefined
}

/** In the order in which they came; with `all` those too that were removed, archived or erased. */
export async function listEvidence(
  db: Db,
  consignmentId: string,
  { deliveryId, lineId, caseId, all }: EvidenceFilter & { all: boolean },
): Promise<EvidenceRow[]> {
  let wanted = withFile(db).where('evidence.consignment_id', '=', consignmentId)
  if (deliveryId !== undefined) wanted = wanted.where('evidence.delivery_id', '=', deliveryId)
  if (lineId !== undefined) wanted = wanted.where('evidence.line_id', '=', lineId)
  if (caseId !== undefined) wanted = wanted.where('evidence.case_id', '=', caseId)
  if (!all) wanted = wanted.where('evidence.removed_at', 'is', null).where('evidence.archived_at', 'is', null)
  return wanted.orderBy('evidence.created_at').orderBy('evidence.id').execute()
}

/** How many there are of a kind for one delivery, or for what belongs to the document alone. */
export async function countEvidence(
  db: Db,
  { consignmentId, deliveryId, kind }: { consignmentId: string; deliveryId: string | null; kind: EvidenceKind },
): Promise<number> {
  const { held } = await db
    .selectFrom('evidence')
    .select(sql<number>`count(*)`.as('held'))
    .where('consignment_id', '=', consignmentId)
    .where('delivery_id', deliveryId === null ? 'is' : '=', deliveryId)
    .where('kind', '=', kind)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return held
}

/** The first of these that is no part of the document. */
export async function findStranger(
  db: Db,
  consignmentId: string,
  { deliveryId, lineId, caseId }: Target,
): Promise<keyof Target | undefined> {
  const { rows } = await sql<{ delivery: boolean; line: boolean; discrepancy: boolean }>`select
    exists (select from delivery where id = ${deliveryId} and consignment_id = ${consignmentId}) as delivery,
    exists (select from consignment_line where id = ${lineId} and consignment_id = ${consignmentId}) as line,
    exists (select from discrepancy_case where id = ${caseId} and consignment_id = ${consignmentId}) as discrepancy`.execute(
    db,
  )
  const [there] = rows
  if (deliveryId !== null && !there?.delivery) return 'deliveryId'
  if (lineId !== null && !there?.line) return 'lineId'
  return caseId !== null && !there?.discrepancy ? 'caseId' : undefined
}

export async function markRemoved(tx: Db, id: string, { by, reason }: { by: string; reason: string }) {
  await tx
    .updateTable('evidence')
    .set({ removed_by: by, removed_at: sql<Date>`clock_timestamp()`, removed_reason: reason })
    .where('id', '=', id)
    .execute()
}

/** What somebody claims a photo of; without a line, a delivery or a case it may be any of the document. */
export type Claim = {
  consignmentId: string
  kind?: EvidenceKind
  lineId?: string
  deliveryId?: string
  caseId?: string
}

/**
 * Whether there is a photo (or signature) of it that was not removed. Of a line, a case or a delivery also one that
 * belongs to the whole document does not count: it must show what is claimed.
 */
export async function hasEvidence(db: Db, { consignmentId, kind = 'photo', lineId, deliveryId, caseId }: Claim) {
  let wanted = db
    .selectFrom('evidence')
    .select('id')
    .where('consignment_id', '=', consignmentId)
    .where('kind', '=', kind)
    .where('removed_at', 'is', null)
  if (lineId !== undefined) wanted = wanted.where('line_id', '=', lineId)
  if (deliveryId !== undefined) wanted = wanted.where('delivery_id', '=', deliveryId)
  if (caseId !== undefined) wanted = wanted.where('case_id', '=', caseId)
  return (await wanted.limit(1).executeTakeFirst()) !== undefined
}
