import { z } from 'zod'
import { count, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { addEvidence, tryEvidence } from './adding.actions.ts'
import { evidenceKinds, mediaTypes } from './photos.rules.ts'
import type { readEvidence } from './reading.actions.ts'
import type { readEvidenceRules } from './rules.actions.ts'
import type { EvidenceRule } from './rules.store.ts'
import type { EvidenceView } from './view.ts'

const hash = text.describe('SHA-256 in hex')

export const evidence = shapeOf<EvidenceView>()(
  'Evidence',
  z.object({
    id: uuid,
    consignmentId: uuid,
    deliveryId: uuid.nullable(),
    lineId: uuid.nullable(),
    caseId: uuid.nullable(),
    kind: text.describe(evidenceKinds.join(' or ')),
    mediaType: text.nullable().describe(`By its content: ${mediaTypes.join(', ')}; null once erased`),
    bytes: count.nullable(),
    width: count.nullable(),
    height: count.nullable(),
    sha256: hash.describe('Of the file as it is stored, without the metadata of whoever took it'),
    sentSha256: hash.describe('Of the file as it was sent'),
    name: text.nullable(),
    note: text.nullable(),
    signedBy: text.nullable(),
    takenAt: time.nullable(),
    byTicket: uuid.nullable().describe('The ticket by which another phone sent it'),
    createdBy: text,
    createdAt: time,
    removed: z.object({ by: text.nullable(), at: time, reason: text.nullable() }).nullable(),
    archivedAt: time.nullable(),
    erasedAt: time.nullable(),
    file: text.nullable().describe('Where the file is; null once it is removed or erased'),
    thumbnail: text.nullable(),
  }),
)

export const evidenceList = shapeOf<Told<typeof readEvidence>>()(
  'EvidenceList',
  z.object({ data: z.array(evidence), next: z.null() }),
)

export const addedEvidence = shapeOf<Told<typeof addEvidence>['evidence'] & { dryRun: false }>()(
  'AddedEvidence',
  evidence.extend({ dryRun: z.literal(false) }),
)

export const triedEvidence = shapeOf<Told<typeof tryEvidence>>()(
  'TriedEvidence',
  z.object({
    dryRun: z.literal(true),
    consignmentId: uuid,
    kind: z.enum(evidenceKinds),
    mediaType: z.enum(mediaTypes),
    bytes: count,
    width: count,
    height: count,
    sha256: hash,
  }),
)

export const evidenceRule = shapeOf<EvidenceRule>()(
  'EvidenceRule',
  z.object({
    supplierId: text.nullable().describe('null: all suppliers without a rule of their own'),
    asksPhoto: z.boolean(),
    asksSignature: z.boolean(),
  }),
)

export const evidenceRules = shapeOf<Told<typeof readEvidenceRules>>()(
  'EvidenceRules',
  z.object({ data: z.array(evidenceRule), next: z.null() }),
)
