import type { EvidenceRow } from './evidence.store.ts'

export type EvidenceView = ReturnType<typeof evidenceView>

/** A photo or signature as the API shows it. */
export function evidenceView(row: EvidenceRow) {
  const here = `/api/v1/evidence/${row.id}`
  const isThere = row.file !== null && row.removed_at === null
  return {
    id: row.id,
    consignmentId: row.consignment_id,
    deliveryId: row.delivery_id,
    lineId: row.line_id,
    caseId: row.case_id,
    kind: row.kind,
    mediaType: row.media_type,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    sha256: row.sha256,
    sentSha256: row.sent_sha256,
    name: row.name,
    note: row.note,
    signedBy: row.signed_by,
    takenAt: row.taken_at?.toISOString() ?? null,
    byTicket: row.ticket_id,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    removed:
      row.removed_at === null
        ? null
        : { by: row.removed_by, at: row.removed_at.toISOString(), reason: row.removed_reason },
    archivedAt: row.archived_at?.toISOString() ?? null,
    erasedAt: row.erased_at?.toISOString() ?? null,
    file: isThere ? here : null,
    thumbnail: isThere ? `${here}/thumbnail` : null,
  }
}
