import { lockConsignment, type Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { mustFor } from '../consignments/permitting.ts'
import { knownHead, unknownConsignment } from '../consignments/reading.actions.ts'
import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { develop, type Developed } from './developing.ts'
import {
  countEvidence,
  findEvidence,
  findStranger,
  insertEvidence,
  type EvidenceRow,
  type NewEvidence,
  type Target,
} from './evidence.store.ts'
import { withIncoming, type Arrived, type Body } from './incoming.ts'
import { noPhoto } from './no-photo.ts'
import { largestPhotoBytes, largestSignatureBytes, mostOfOne } from './photos.rules.ts'
import { shelve } from './shelving.actions.ts'
import type { Storage } from './storage.ts'
import { evidenceView, type EvidenceView } from './view.ts'

/** What is said about a photo or signature, next to the file itself. */
export type Said = Omit<NewEvidence, 'consignmentId' | 'sentSha256' | 'sha256' | 'createdBy'>

/** Where files go, and where they wait until they are proved. */
export type Cabinet = { storage: Storage; dataDir: string }

type Upload = {
  ref: string
  said: Said
  body: Body
  /** Throws where its sender may not send any more: asked before the file is read, and again under the document's lock. */
  mustStill?: ((db: Db) => Promise<void>) | undefined
}

export type Added = { isNew: boolean; evidence: EvidenceView }

/**
 * Takes a photo or a signature in: onto the disk as it comes, proved to be a picture, freed of where it was made, stored
 * under its hash, and only then a row. The same id again with the same file is nothing new. Throws a Refusal that names
 * the field (422), for too much (413), and for the one too many (409).
 */
export async function addEvidence(
  context: Context,
  { storage, dataDir }: Cabinet,
  { ref, said, body, mustStill }: Upload,
): Promise<Added> {
  const head = await headFor(context, ref)
  const { db } = context.database
  if (!(await findEvidence(db, said.id))) {
    await mustStill?.(db)
    await mustFit(db, head, said)
  }
  const mostBytes = said.kind === 'photo' ? largestPhotoBytes : largestSignatureBytes
  return withIncoming(dataDir, { body, mostBytes }, async (arrived) => {
    const before = await findEvidence(db, said.id)
    if (before) return again(before, head, { said, arrived })
    const developed = await develop(arrived.path)
    mustSuit(said, developed)
    // While it was on its way the last place may have gone: looked at again, so that nothing is stored for nothing.
    await mustStill?.(db)
    await mustFit(db, head, said)
    const proved = { said, arrived, developed, mustStill }
    return shelve(context, storage, { developed, keep: () => keep(context, head, proved) })
  })
}

/** What would come of it: all is looked at as if it were sent, and nothing is kept. */
export async function tryEvidence(
  context: Context,
  { dataDir }: Pick<Cabinet, 'dataDir'>,
  { ref, said, body }: { ref: string; said: Said; body: Body },
) {
  const head = await headFor(context, ref)
  await mustFit(context.database.db, head, said)
  return withIncoming(dataDir, { body, mostBytes: largestPhotoBytes }, async ({ path }) => {
    const developed = await develop(path)
    mustSuit(said, developed)
    const { mediaType, bytes, width, height, sha256 } = developed
    return { dryRun: true as const, consignmentId: head.id, kind: said.kind, mediaType, bytes, width, height, sha256 }
  })
}

async function headFor(context: Context, ref: string): Promise<Head> {
  must(context.actor, 'evidence:add')
  const head = await knownHead(context, ref)
  mustFor(context.actor, 'evidence:add', head)
  return head
}

type Proved = Pick<Upload, 'said' | 'mustStill'> & { arrived: Arrived; developed: Developed }

/** The row, counted and written under the document's lock: of 25 at once 20 stay. */
function keep(context: Context, { id, number }: Head, { said, arrived, developed, mustStill }: Proved): Promise<Added> {
  return inTransaction(context.database, async ({ db: tx }) => {
    const head = await lockConsignment(tx, { id })
    if (!head) throw unknownConsignment(number)
    const meanwhile = await findEvidence(tx, said.id)
    if (meanwhile) return again(meanwhile, head, { said, arrived })
    await mustStill?.(tx)
    await mustFit(tx, head, said)
    await insertEvidence(tx, {
      ...said,
      consignmentId: id,
      sentSha256: arrived.sha256,
      sha256: developed.sha256,
      createdBy: context.actor.id,
    })
    const row = await findEvidence(tx, said.id)
    if (!row) throw new Error(`Evidence ${said.id} was written, and is not there`)
    const evidence = evidenceView(row)
    await note(tx, context, id, { action: 'evidence.added', before: null, after: evidence })
    return { isNew: true, evidence }
  })
}

function again(before: EvidenceRow, head: Head, { said, arrived }: { said: Said; arrived: Arrived }): Added {
  const isBySame = said.ticketId === null || said.ticketId === before.ticket_id
  if (isBySame && before.consignment_id === head.id && before.sent_sha256 === arrived.sha256)
    return { isNew: false, evidence: evidenceView(before) }
  throw new Refusal('conflict', 'evidence_id_used', `id: ${before.id} is another photo already; make a new one`, {
    issues: [{ field: 'id', message: 'is another photo already' }],
  })
}

/** Throws a Refusal (422) for what is no part of the document, (409) when there are enough. */
async function mustFit(db: Db, head: Head, said: Said) {
  await strangerRefused(db, head, said)
  const { id: consignmentId, number } = head
  const { deliveryId, kind } = said
  const held = await countEvidence(db, { consignmentId, deliveryId, kind })
  const most = mostOfOne[kind]
  if (held < most) return
  const what = deliveryId === null ? number : `this delivery of ${number}`
  throw new Refusal('conflict', 'evidence_full', `body: ${what} has ${held} ${kind}s already, which is the most`, {
    most,
    held,
    issues: [{ field: 'body', message: `there are ${most} already` }],
  })
}

/** Throws a Refusal (422) that names the field for a delivery, line or case of another document. */
export async function strangerRefused(db: Db, { id, number }: Head, target: Target) {
  const stranger = await findStranger(db, id, target)
  if (stranger === undefined) return
  const message = `${number} has no such ${stranger.replace('Id', '')}`
  throw new Refusal('not_valid', 'evidence_not_valid', `${stranger}: ${message}`, {
    issues: [{ field: stranger, message }],
  })
}

/** A signature is drawn, and so a PNG. */
function mustSuit({ kind }: Said, { mediaType }: Developed) {
  if (kind === 'signature' && mediaType !== 'image/png') throw noPhoto('a signature is a PNG')
}
