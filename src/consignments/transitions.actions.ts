import { mustAt, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { warningsBefore } from '../packing/warning.actions.ts'
import { mustBeAccepted } from '../stocktakes/following.actions.ts'
import { consequences } from './consequences.ts'
import { changeConsignment, readFacts, type Head } from './consignments.store.ts'
import { approvalAsDraft } from './drafting.rules.ts'
import type { Status, Step } from './lifecycle.rules.ts'
import { note, withLocked, type Target } from './locked.actions.ts'
import { approvalNow } from './needing.ts'
import { needsReason, placesOf, rightFor } from './permission.rules.ts'
import { knownHead, type ConsignmentView } from './reading.actions.ts'
import { beforeAmending, revise } from './revising.ts'
import { stepTo } from './transition.rules.ts'
import { stepView } from './view.ts'

/** `accepted`: warnings that are passed; undefined where nobody can be asked, as by the clock or after the fact. */
export type Wish = { to: Status; reason: string | undefined; accepted?: readonly string[] | undefined }

/** Takes a document one step along the law. Throws a Refusal (422) with what is lawful instead, (403) without the right. */
export async function transition(context: Context, target: Target, wish: Wish): Promise<ConsignmentView> {
  return withLocked(context, target, {
    what: `transition to ${wish.to}`,
    right: 'consignments:read',
    act: (tx, head) => takeStepTo(tx, context, head, wish),
  })
}

/** The same for an act that does more under the lock that it holds: whoever scans the first box begins to receive. */
export async function takeStepTo(tx: Db, context: Context, head: Head, wish: Wish): Promise<Head> {
  const { reason, accepted } = wish
  return takeStep(tx, context, head, { step: await allowedStep(tx, context, head, wish), reason, accepted })
}

/** The same as a part of another act, which has asked for its own right. */
export async function followStepTo(tx: Db, context: Context, head: Head, { to, reason }: Wish): Promise<Head> {
  const step = stepTo({ type: head.type, status: head.status, facts: await factsOf(tx, head) }, to)
  return takeStep(tx, context, head, { step, reason, accepted: undefined })
}

/** What a transition would do; refused as it would be, and nothing is changed or noted. */
export async function tryTransition(context: Context, ref: string, wish: Wish) {
  const head = await knownHead(context, ref)
  const step = await allowedStep(context.database.db, context, head, wish)
  return {
    dryRun: true as const,
    id: head.id,
    number: head.number,
    from: head.status,
    version: head.version,
    ...stepView(step),
    warnings: await warningsBefore(context.database.db, head, step.act),
  }
}

async function allowedStep(db: Db, { actor }: Context, head: Head, { to, reason }: Wish): Promise<Step> {
  const step = stepTo({ type: head.type, status: head.status, facts: await factsOf(db, head) }, to)
  mustAt(actor, rightFor(step), placesOf(step, head))
  await mustBeAccepted(db, head, step)
  if (!needsReason(step) || reason !== undefined) return step
  throw new Refusal('not_valid', 'reason_missing', `reason: say why ${head.number}, which is sent, is cancelled`, {
    issues: [{ field: 'reason', message: 'say why' }],
  })
}

/** With the approval that a draft needs as the tiers stand now, which may be other ones than when it was drafted. */
async function factsOf(db: Db, head: Head) {
  return { ...(await readFacts(db, head)), approval: await approvalNow(db, head) }
}

/** Writes a step that was found lawful under this lock, with all that follows from it. */
async function takeStep(
  tx: Db,
  context: Context,
  before: Head,
  { step, reason, accepted }: Omit<Wish, 'to'> & { step: Step },
): Promise<Head> {
  const was = await beforeAmending(tx, before)
  const after = await changeConsignment(tx, before.id, {
    status: step.to,
    ...(step.act === 'redraft' || (step.act === 'cancel' && before.approval === 'pending')
      ? { approval: approvalAsDraft(before.type, before.approval) }
      : {}),
    ...(step.act === 'open' && before.approval === 'not_asked' ? { approval: 'not_needed' as const } : {}),
    ...(step.act === 'cancel' ? { cancel_reason: reason ?? null } : {}),
  })
  for (const follow of consequences) await follow(tx, context, { step, before, after, accepted })
  await note(tx, context, before.id, {
    action: step.act === 'cancel' ? 'consignment.cancelled' : 'consignment.transitioned',
    before: { status: before.status, approval: before.approval, version: before.version },
    after: { status: after.status, approval: after.approval, version: after.version, act: step.act },
    reason,
  })
  if (step.act === 'cancel' && before.approval === 'approved') await revise(tx, context, was, cancelled(before, reason))
  return after
}

function cancelled({ status }: Head, reason: string | undefined) {
  return { action: 'consignment.cancelled', before: { status }, after: { status: 'CANCELLED' }, reason }
}
