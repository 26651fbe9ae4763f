import type { Actor, Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import type { Cents } from '../kernel/money.ts'
import { mustBeGranted } from '../requesting/granting.actions.ts'
import { Refusal } from '../kernel/refusal.ts'
import { holds, rejectionOf, resubmitUntil, routeOf, type Routing } from './approving.rules.ts'
import { decideRequest, insertRequest, listRequests, type Decided, type RequestRow } from './approving.store.ts'
import { centsIn, isAskedFirst, listAuthorities, listTiers, mayApproveOwn, readTotal } from './authority.store.ts'
import { changeConsignment, readFacts, type Head } from './consignments.store.ts'
import { approvalNow } from './needing.ts'
import { holdsFor } from './permitting.ts'
import { note, withLocked, type Target } from './locked.actions.ts'
import type { ConsignmentView } from './reading.actions.ts'
import { stepTo } from './transition.rules.ts'

export const decisions = ['submit', 'approve', 'reject', 'request_changes', 'withdraw'] as const

export type Decision = { decision: (typeof decisions)[number]; reason: string | undefined; now: Date }

/** Asks for approval, or answers: one decision for each request, whoever else decides at the same time. */
export async function decideApproval(context: Context, target: Target, wish: Decision): Promise<ConsignmentView> {
  const isAsking = wish.decision === 'submit' || wish.decision === 'withdraw'
  return withLocked(context, target, {
    what: `approval ${wish.decision}`,
    right: isAsking ? 'consignments:edit' : 'consignments:approve',
    act: (tx, head) => decideLocked(tx, context, head, wish),
  })
}

/** The same on a document that is locked already. */
export async function decideLocked(tx: Db, context: Context, head: Head, wish: Decision) {
  if (wish.decision === 'submit') return submit(tx, context, head, wish)
  const request = await pendingOf(tx, head)
  if (wish.decision === 'withdraw') return withdraw(tx, context, head, request)
  return answer(tx, context, head, { ...wish, request })
}

async function submit(tx: Db, context: Context, head: Head, { reason, now }: Decision) {
  if (head.status !== 'DRAFT' || head.approval === 'pending' || (await approvalNow(tx, head)) === 'not_needed')
    throw notLawful(
      head,
      'approval_not_askable',
      'only a draft that needs approval, and does not wait for it, can be submitted',
    )
  const { hasGoods } = await readFacts(tx, head)
  if (!hasGoods) throw notLawful(head, 'approval_not_askable', 'no line has a quantity')
  const total = await readTotal(tx, head.id)
  const { roles } = await routed(tx, head, total)
  const [last] = await listRequests(tx, head.id)
  const isBack = last?.resubmit_until !== null && last?.resubmit_until !== undefined && last.resubmit_until >= now
  await insertRequest(tx, {
    consignmentId: head.id,
    total: sayCents(total),
    roles,
    wantedFrom: isBack ? last.decided_by : null,
    askedBy: context.actor.id,
  })
  await changeConsignment(tx, head.id, { approval: 'pending' })
  const after = { approval: 'pending', total: sayCents(total), roles }
  await note(tx, context, head.id, {
    action: 'consignment.submitted',
    before: { approval: head.approval },
    after,
    reason,
  })
}

async function withdraw(tx: Db, context: Context, head: Head, request: RequestRow) {
  if (request.asked_by !== context.actor.id)
    throw new Refusal(
      'not_allowed',
      'approval_of_another',
      `${head.number} was submitted by somebody else, who may withdraw it`,
    )
  await settle(tx, context, head, { ...nothing, decision: 'withdrawn', decidedBy: context.actor.id })
  await changeConsignment(tx, head.id, { approval: 'not_asked' })
}

type Answering = Decision & { request: RequestRow }

async function answer(tx: Db, context: Context, head: Head, { decision, reason, now, request }: Answering) {
  const { actor } = context
  const total = await readTotal(tx, head.id)
  const authority = await authorityOf(tx, actor, head, { total, askedBy: request.asked_by })
  const by = { ...nothing, decidedBy: actor.id, onBehalfOf: authority.onBehalfOf, isOwn: authority.isOwn }
  if (decision === 'approve') {
    const facts = { ...(await readFacts(tx, head)), approval: 'approved' as const }
    const step = stepTo({ type: head.type, status: head.status, facts }, 'OPEN')
    await mustBeGranted(tx, context, head)
    const holdsUpTo = authority.upTo === null ? null : sayCents(authority.upTo)
    await settle(tx, context, head, { ...by, decision: 'approved', holdsUpTo, reason: reason ?? null })
    await changeConsignment(tx, head.id, { approval: 'approved', status: step.to })
    return
  }
  if (reason === undefined) throw reasonMissing(head)
  if (decision === 'reject') {
    const { code: reasonCode, words } = rejectionOf(reason)
    await settle(tx, context, head, {
      ...by,
      decision: 'rejected',
      reasonCode,
      reason: words,
      resubmitUntil: resubmitUntil(now),
    })
    await changeConsignment(tx, head.id, { approval: 'rejected' })
    return
  }
  await settle(tx, context, head, { ...by, decision: 'changes_requested', reason })
  await changeConsignment(tx, head.id, { approval: 'changes_requested' })
}

const nothing = { onBehalfOf: null, holdsUpTo: null, isOwn: false, reasonCode: null, reason: null, resubmitUntil: null }

async function settle(tx: Db, context: Context, head: Head, decided: Decided) {
  await decideRequest(tx, head.id, decided)
  await note(tx, context, head.id, {
    action: `consignment.${decided.decision}`,
    before: { status: head.status, approval: head.approval },
    after: decided,
    reason: decided.reason ?? decided.reasonCode ?? undefined,
  })
}

type Held = { upTo: Cents | null; onBehalfOf: string | null; isOwn: boolean }

/**
 * By which limit somebody may decide about this total. Throws a Refusal (403) for who may not, and for one's own orders,
 * also in the name of who submitted them, unless the setting allows it.
 */
async function authorityOf(
  tx: Db,
  actor: Actor,
  head: Head,
  { total, askedBy }: { total: Cents; askedBy: string | null },
): Promise<Held> {
  const { mayDecide } = await routed(tx, head, total)
  const held = await heldBy(tx, actor, head, mayDecide)
  if (held.length === 0) {
    const roles = [...mayDecide.keys()]
    const amount = holdsFor(actor, 'costs:read', head) ? sayCents(total) : null
    const about = amount === null ? head.number : `${amount} ${head.currency}`
    const message = `${actor.name} cannot decide about ${about}: that is for ${roles.join(', ')}`
    throw new Refusal('not_allowed', 'approval_role_missing', message, { roles, total: amount })
  }
  const ownAllowed = await mayApproveOwn(tx)
  const open = held.find(
    ({ onBehalfOf }) => ownAllowed || (actor.id !== askedBy && onBehalfOf !== askedBy) || askedBy === null,
  )
  if (open) return { ...open, isOwn: actor.id === askedBy }
  throw new Refusal(
    'not_allowed',
    'own_approval',
    `${head.number} was submitted by ${actor.name}: somebody else decides`,
    { askedBy },
  )
}

async function heldBy(tx: Db, actor: Actor, head: Head, mayDecide: Routing['mayDecide']) {
  if (actor.scopes.includes('*')) return [{ upTo: null, onBehalfOf: null }]
  const authorities = await listAuthorities(tx, actor.id, head.outlet_id)
  return authorities.flatMap(({ role, onBehalfOf }) => {
    const upTo = mayDecide.get(role)
    return upTo === undefined ? [] : [{ upTo, onBehalfOf }]
  })
}

async function routed(tx: Db, head: Head, total: Cents): Promise<Routing> {
  const asked = { total, outletId: head.outlet_id, supplierId: head.supplier_id }
  const routing = routeOf(await listTiers(tx, head.type), asked)
  if (routing) return routing
  throw new Refusal(
    'not_lawful',
    'approval_without_tier',
    `Nobody may approve what ${head.number} comes to: add a tier`,
    { total: sayCents(total) },
  )
}

/**
 * After a change of an approved document: within what was approved nothing happens; over it, a draft (the rest of an
 * approved order) is no longer approved, an open one goes back to DRAFT and asks again, and a sent one is refused (403) to who may not approve the new total himself.
 * What needed nobody's approval asks as well, once it passes the limit.
 */
export async function askAgainIfOver(tx: Db, context: Context, head: Head, now: Date) {
  if (!(await isOver(tx, head))) return
  const total = await readTotal(tx, head.id)
  if (head.status === 'DRAFT') {
    await changeConsignment(tx, head.id, { approval: 'not_asked' })
    return
  }
  if (head.status !== 'OPEN') {
    await authorityOf(tx, context.actor, head, { total, askedBy: null })
    return
  }
  const draft = await changeConsignment(tx, head.id, { status: 'DRAFT', approval: 'not_asked' })
  await submit(tx, context, draft, { decision: 'submit', reason: 'Amended over what was approved', now })
}

async function isOver(tx: Db, head: Head): Promise<boolean> {
  if (head.approval === 'not_needed') return head.status !== 'DRAFT' && isAmendedBefore(head) && isAskedFirst(tx, head)
  if (head.approval !== 'approved') return false
  const approved = (await listRequests(tx, head.id)).find(({ decision }) => decision === 'approved')
  if (!approved) return false
  return !holds(approved.holds_up_to === null ? null : centsIn(approved.holds_up_to), await readTotal(tx, head.id))
}

/** While goods are received, what was not planned comes as it comes. */
function isAmendedBefore({ status }: Head): boolean {
  return status === 'OPEN' || status === 'PACKING'
}

async function pendingOf(tx: Db, head: Head): Promise<RequestRow> {
  const request = (await listRequests(tx, head.id)).find(({ decision }) => decision === null)
  if (request && head.approval === 'pending' && head.status === 'DRAFT') return request
  throw notLawful(head, 'approval_not_pending', `it does not wait for approval (${head.status}, ${head.approval})`)
}

function notLawful(head: Head, code: 'approval_not_askable' | 'approval_not_pending', why: string): Refusal {
  const details = { status: head.status, approval: head.approval }
  if (code === 'approval_not_askable')
    return new Refusal('not_lawful', 'approval_not_askable', `${head.number}: ${why}`, details)
  return new Refusal('not_lawful', 'approval_not_pending', `${head.number}: ${why}`, details)
}

function reasonMissing(head: Head): Refusal {
  const issues = [{ field: 'reason', message: 'say why' }]
  return new Refusal('not_valid', 'reason_missing', `reason: say why ${head.number} goes back`, { issues })
}

function sayCents(cents: Cents): string {
  return sayDecimal(cents, 2, 2)
}
