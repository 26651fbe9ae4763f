import { record } from '../audit/audit.store.ts'
import { askForPush } from '../bridge/asking.actions.ts'
import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Right } from '../people/rights.rules.ts'
import { findConsignment, lockConsignment, type Head } from './consignments.store.ts'
import { holdsFor, mustFor } from './permitting.ts'
import { keyOf, unknownConsignment, wholeView, type ConsignmentView } from './reading.actions.ts'

/** Which document, and the versions that its editor may have seen; undefined where that does not matter to him. */
export type Target = {
  ref: string
  ifMatch: readonly string[] | undefined
  /** Only what would come of it; nothing is written or noted. */
  dryRun?: boolean
}

/** `right` is asked for at the outlets of the document; an act that knows better which one asks itself for more. */
export type Work<Done = unknown> = { what: string; right: Right; act: (tx: Db, head: Head) => Promise<Done> }

/** Does something to one document, and answers the whole of it as it is then. */
export function withLocked(context: Context, target: Target, work: Work): Promise<ConsignmentView> {
  return withHead(context, target, { ...work, answer: (tx, head) => wholeView(tx, head, context.actor) })
}

/**
 * Does something to one document: locked first, read after that, and a lawful "no" noted in the audit. Answers what is
 * asked about the document as it is then, or about what was done; a scan among 2,000 lines asks for little.
 */
export async function withHead<Done, Answer>(
  context: Context,
  target: Target,
  { what, right, act, answer }: Work<Done> & { answer: (tx: Db, head: Head, done: Done) => Promise<Answer> },
): Promise<Answer> {
  must(context.actor, right)
  const key = keyOf(target.ref)
  try {
    const doing = target.dryRun === true ? rehearse : inTransaction
    return await doing(context.database, async ({ db: tx }) => {
      const head = await lockConsignment(tx, key)
      if (!head) throw unknownConsignment(target.ref)
      mustFor(context.actor, right, head)
      await mustBeAsSeen(tx, context, head, target.ifMatch)
      const done = await act(tx, head)
      return answer(tx, await pushedIfChanged(tx, context, head), done)
    })
  } catch (error) {
    if (target.dryRun !== true) await noteIfUnlawful(context, target.ref, what, error)
    throw error
  }
}

type Many = { refs: readonly string[]; dryRun: boolean }

/**
 * Does the same to many, all or nothing. They are locked in the order of their ids, so that two who do it at once wait for
 * each other and not for ever; a lawful "no" of one is noted in its audit. Answers them in that order.
 */
export async function withHeads(context: Context, { refs, dryRun }: Many, { what, right, act }: Work): Promise<Head[]> {
  must(context.actor, right)
  const ids = await idsOf(context, refs)
  let at = ''
  try {
    return await (dryRun ? rehearse : inTransaction)(context.database, async ({ db: tx }) => {
      const done: Head[] = []
      for (const id of ids) {
        at = id
        const head = await lockConsignment(tx, { id })
        if (!head) throw unknownConsignment(id)
        mustFor(context.actor, right, head)
        await act(tx, head)
        done.push(await pushedIfChanged(tx, context, head))
      }
      return done
    })
  } catch (error) {
    if (!dryRun) await noteIfUnlawful(context, at, what, error)
    throw error
  }
}

/** Whoever is named twice, by number and by id, is meant once. */
async function idsOf({ database: { db } }: Context, refs: readonly string[]): Promise<string[]> {
  const ids = new Set<string>()
  for (const ref of refs) {
    const head = await findConsignment(db, keyOf(ref))
    if (!head) throw unknownConsignment(ref)
    ids.add(head.id)
  }
  return [...ids].toSorted()
}

/** As it is after an act; what was changed is to be told to Lightspeed. */
export async function pushedIfChanged(tx: Db, context: Context, before: Head): Promise<Head> {
  const after = await reread(tx, before)
  if (after.version === before.version) return after
  await askForPush(tx, context, after)
  return reread(tx, before)
}

/** A lawful "no" is kept in the audit of the document that it is about. */
export async function noteIfUnlawful(context: Context, ref: string, what: string, error: unknown) {
  if (error instanceof Refusal && error.kind === 'not_lawful') await noteRefused(context, ref, what, error)
}

async function reread(tx: Db, { id }: Head): Promise<Head> {
  const head = await findConsignment(tx, { id })
  if (head) return head
  throw unknownConsignment(id)
}

/** Throws a Refusal (409) with both versions when somebody else was quicker. */
async function mustBeAsSeen(tx: Db, { actor }: Context, head: Head, ifMatch: Target['ifMatch']) {
  if (ifMatch === undefined || ifMatch.includes(String(head.version))) return
  throw new Refusal(
    'conflict',
    'version_conflict',
    `${head.number} was changed meanwhile: you saw version ${ifMatch.join(' or ')}, now it is ${head.version}. Look again, and then do it.`,
    { yours: ifMatch, current: head.version, consignment: await wholeView(tx, head, actor) },
  )
}

/**
 * In a transaction of its own: the one that was refused has left nothing behind. Nor is it an effect of the request, whose
 * Idempotency-Key stays free.
 */
async function noteRefused(context: Context, ref: string, what: string, refusal: Refusal) {
  const { beforeCommit: _, ...database } = context.database
  await inTransaction(database, async ({ db: tx }) => {
    const head = await findConsignment(tx, keyOf(ref))
    if (!head) return
    await note(tx, context, head.id, {
      action: 'consignment.refused',
      before: { status: head.status, version: head.version },
      after: { asked: what, code: refusal.code, details: refusal.details },
      reason: refusal.message,
    })
  })
}

/** While it waits for approval only an approver edits it. Throws a Refusal (422). */
export function mustNotWait({ actor }: Context, head: Head) {
  const { approval, number } = head
  if (approval !== 'pending' || holdsFor(actor, 'consignments:approve', head)) return
  throw new Refusal(
    'not_lawful',
    'approval_pending',
    `${number} waits for approval, and only an approver edits it; withdraw it first`,
    { approval },
  )
}

export type Note = { action: string; before: unknown; after: unknown; reason?: string | undefined }

export function note(tx: Db, { actor, correlationId }: Context, id: string, { reason, ...said }: Note) {
  const entry = { ...said, entity: 'consignment', entityId: id, actor: actor.id, correlationId }
  return record(tx, reason === undefined ? entry : { ...entry, reason })
}
