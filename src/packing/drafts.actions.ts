import type { Head } from '../consignments/consignments.store.ts'
import { mustEdit } from '../consignments/editing.rules.ts'
import { mustFor } from '../consignments/permitting.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import { must, type Context } from '../context.ts'
import { Refusal } from '../kernel/refusal.ts'
import { longestDraft, tooDeep } from './drafts.rules.ts'
import { dropDrafts, findDraft, saveDraft, type DraftRow } from './drafts.store.ts'

/** What one has typed and not put into a box yet; `draft` is null where there is nothing. */
export async function readDraft(context: Context, ref: string) {
  const { id } = await packable(context, ref)
  const kept = await findDraft(context.database.db, id, context.actor.id)
  return { draft: kept ? draftView(kept) : null }
}

/**
 * Keeps what one has typed, which says nothing to anybody else: no lock is asked for, and nothing noted. Throws a Refusal
 * (409) with the newer one that is kept already.
 */
export async function keepDraft(
  context: Context,
  ref: string,
  { sequence, state }: { sequence: number; state: unknown },
) {
  const head = await packable(context, ref)
  mustEdit(head, 'packed')
  const text = JSON.stringify(state)
  if (Buffer.byteLength(text) > longestDraft || tooDeep(state))
    throw new Refusal('not_valid', 'draft_too_large', 'state: at most 256 kB, and no more than 64 levels deep', {
      issues: [{ field: 'state', message: 'at most 256 kB, and no more than 64 levels deep' }],
    })
  const { db } = context.database
  const isKept = await saveDraft(db, { consignmentId: head.id, actor: context.actor.id, sequence, state: text })
  const kept = await findDraft(db, head.id, context.actor.id)
  if (!kept || isKept || kept.sequence === sequence) return { draft: kept ? draftView(kept) : null }
  throw new Refusal(
    'conflict',
    'draft_older',
    `sequence: ${kept.sequence} is kept already, and ${sequence} is older`,
    draftView(kept),
  )
}

/** Forgets what one has typed. */
export async function forgetDraft(context: Context, ref: string) {
  const { id } = await packable(context, ref)
  await dropDrafts(context.database.db, id, context.actor.id)
  return { draft: null }
}

async function packable(context: Context, ref: string): Promise<Head> {
  must(context.actor, 'consignments:pack')
  const head = await knownHead(context, ref)
  mustFor(context.actor, 'consignments:pack', head)
  return head
}

function draftView({ sequence, state, saved_at: savedAt }: DraftRow) {
  return { sequence, state, savedAt: savedAt.toISOString() }
}
