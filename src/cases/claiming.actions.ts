import type { Db } from '../db/database.ts'
import { hasEvidence } from '../evidence/evidence.store.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { CaseChange, CaseRow } from './cases.store.ts'
import { isDamaged } from './outcomes.rules.ts'

/** A credit for what came broken is claimed with a photo of the case or its line; without one somebody says why (422). */
export async function mustShowDamage(
  tx: Db,
  { id: caseId, kind, consignment_id: consignmentId, line_id: lineId, number }: CaseRow,
  noPhotoReason: string | undefined,
): Promise<CaseChange> {
  if (!isDamaged(kind)) return {}
  if ((await hasEvidence(tx, { consignmentId, caseId })) || (await hasEvidence(tx, { consignmentId, lineId })))
    return {}
  if (noPhotoReason !== undefined) return { no_photo_reason: noPhotoReason }
  throw new Refusal(
    'not_lawful',
    'claim_without_photo',
    `This case of ${number} is about damage: add a photo to it, or say in noPhotoReason why there is none`,
    { caseId, lineId },
  )
}
