import { findConsignment } from '../consignments/consignments.store.ts'
import { mustFor } from '../consignments/permitting.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import { must, type Context } from '../context.ts'
import { Refusal } from '../kernel/refusal.ts'
import { findEvidence, listEvidence, type EvidenceFilter, type EvidenceRow } from './evidence.store.ts'
import { fileKey, thumbnailKey } from './keys.rules.ts'
import { fileNameOf, mediaTypes, type MediaType, type ThumbnailEdge } from './photos.rules.ts'
import type { Storage, StoredFile } from './storage.ts'
import { evidenceView } from './view.ts'

/** The photos and signatures of a document; with `all` those too that were removed, archived or erased. */
export async function readEvidence(context: Context, ref: string, wish: EvidenceFilter & { all: boolean }) {
  const { id } = await knownHead(context, ref)
  const rows = await listEvidence(context.database.db, id, wish)
  return { data: rows.map(evidenceView), next: null }
}

export type Opened = StoredFile & { mediaType: MediaType; sha256: string; fileName: string }

/** The file itself. Throws a Refusal (404) when it is unknown, removed or erased. */
export async function openEvidence(context: Context, storage: Storage, id: string): Promise<Opened> {
  const row = await knownFile(context, id)
  const mediaType = mediaTypes.find((one) => one === row.media_type)
  const file = await storage.find(fileKey(row.sha256))
  if (!file || !mediaType) throw gone(id, 'its file is not in the storage')
  return { ...file, mediaType, sha256: row.sha256, fileName: fileNameOf(id, mediaType) }
}

/** A small picture of it, upright. */
export async function openThumbnail(
  context: Context,
  storage: Storage,
  { id, edge }: { id: string; edge: ThumbnailEdge },
): Promise<Opened> {
  const row = await knownFile(context, id)
  const file = await storage.find(thumbnailKey(row.sha256, edge))
  if (!file) throw gone(id, 'its small picture is not in the storage')
  const mediaType = 'image/webp'
  return { ...file, mediaType, sha256: `${row.sha256}-${edge}`, fileName: fileNameOf(`${id}-${edge}`, mediaType) }
}

async function knownFile({ database, actor }: Context, id: string): Promise<EvidenceRow> {
  must(actor, 'consignments:read')
  const row = await findEvidence(database.db, id)
  const head = row && (await findConsignment(database.db, { id: row.consignment_id }))
  if (!row || !head) throw unknownEvidence(id)
  mustFor(actor, 'consignments:read', head)
  if (row.removed_at !== null) throw gone(id, 'it was removed')
  if (row.erased_at !== null) throw gone(id, 'it was kept for its time, and is erased')
  return row
}

export function unknownEvidence(id: string): Refusal {
  return new Refusal('not_found', 'evidence_unknown', `There is no photo or signature ${id}`, { id })
}

function gone(id: string, why: string): Refusal {
  return new Refusal('not_found', 'evidence_gone', `The file of ${id} is not there any more: ${why}`, { id })
}
