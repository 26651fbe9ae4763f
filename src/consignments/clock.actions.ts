import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { nextAbove } from './approving.rules.ts'
import { decideRequest, listRequests, type RequestRow } from './approving.store.ts'
import { centsIn, listTiers } from './authority.store.ts'
import { listInStatusSince, listPickedUp, listWaitingSince, markReminded, type Reached } from './clock.store.ts'
import { changeConsignment, readFacts, type Head } from './consignments.store.ts'
import type { Status } from './lifecycle.rules.ts'
import { note, withHead } from './locked.actions.ts'
import { insertNotice } from './notices.store.ts'
import { lawfulSteps } from './transition.rules.ts'
import { takeStepTo } from './transitions.actions.ts'

const hourMs = 3_600_000
const bundle = 100

type Due = { now: Date; signal: AbortSignal }

/** Sends what has been packed for so many hours, and what a courier has picked up. Answers how many. */
export async function sendPackaged(context: Context, { now, signal, hours }: Due & { hours: number }): Promise<number> {
  const before = new Date(now.getTime() - hours * hourMs)
  const isDue = (head: Head) => head.status === 'PACKAGED' && head.status_since < before
  const reason = `Packed ${hours} hours ago`
  const picked = await listPickedUp(context.database.db, bundle)
  const pickedUp = await each(picked, signal, (id) => sendPickedUp(context, id))
  return (
    pickedUp +
    (await walk(signal, {
      list: (after) => listInStatusSince(context.database.db, 'PACKAGED', { before, after, limit: bundle }),
      act: ({ id }) => step(context, id, { to: 'SENT', isDue, reason }),
    }))
  )
}

/** Sends what a courier has picked up, if it is packed; what is sent is under way from now on. */
export async function sendPickedUp(context: Context, id: string): Promise<boolean> {
  const isSent = await step(context, id, { to: 'SENT', isDue: isPacked, reason: 'Picked up by the courier' })
  return (await markShipped(context, id)) || isSent
}

/** Archives what has been closed for so many days. Answers how many. */
export async function archiveClosed(context: Context, { now, signal, days }: Due & { days: number }): Promise<number> {
  const before = new Date(now.getTime() - days * 24 * hourMs)
  const isDue = (head: Head) => head.status === 'CLOSED' && head.status_since < before
  return walk(signal, {
    list: (after) => listInStatusSince(context.database.db, 'CLOSED', { before, after, limit: bundle }),
    act: ({ id }) => step(context, id, { to: 'ARCHIVED', isDue, reason: `Closed ${days} days ago` }),
  })
}

type Patience = Due & { remindHours: number; expireDays: number }

/** Reminds of orders that wait for approval, tells the next in charge, and cancels what has waited too long. Never approves. */
export async function keepApprovals(context: Context, { now, signal, remindHours, expireDays }: Patience) {
  const { db } = context.database
  const expired = new Date(now.getTime() - expireDays * 24 * hourMs)
  const late = new Date(now.getTime() - remindHours * hourMs)
  const cancelled = await walk(signal, {
    list: (after) => listWaitingSince(db, undefined, { before: expired, after, limit: bundle }),
    act: ({ consignmentId }) => expire(context, consignmentId, { before: expired, expireDays }),
  })
  const reminded = await walk(signal, {
    list: (after) => listWaitingSince(db, false, { before: late, after, limit: bundle }),
    act: ({ consignmentId }) => remind(context, consignmentId, { before: late, remindHours }),
  })
  return { cancelled, reminded }
}

function isPacked({ status }: Head): boolean {
  return status === 'PACKAGED'
}

async function expire(context: Context, id: string, { before, expireDays }: { before: Date; expireDays: number }) {
  const reason = `Nobody answered for ${expireDays} days`
  return quietly(context, id, async (tx, head) => {
    const request = await waitingSince(tx, head, before)
    if (!request) return false
    const decided = { ...unanswered, decision: 'expired', decidedBy: context.actor.id, reason } as const
    await decideRequest(tx, id, decided)
    await note(tx, context, id, {
      action: 'consignment.expired',
      before: { approval: 'pending' },
      after: decided,
      reason,
    })
    await takeStepTo(tx, context, head, { to: 'CANCELLED', reason })
    const why = `${head.number} was cancelled: ${reason.toLowerCase()}`
    await insertNotice(tx, {
      kind: 'approval_expired',
      consignmentId: id,
      requestId: request.id,
      toActor: request.asked_by,
      why,
    })
    return true
  })
}

const unanswered = { onBehalfOf: null, holdsUpTo: null, isOwn: false, reasonCode: null, resubmitUntil: null }

async function remind(context: Context, id: string, { before, remindHours }: { before: Date; remindHours: number }) {
  return quietly(context, id, async (tx, head) => {
    const request = await waitingSince(tx, head, before)
    if (!request || request.reminded_at !== null) return false
    const why = `${head.number} has waited for an answer for ${remindHours} hours`
    const about = { consignmentId: id, requestId: request.id, why }
    await markReminded(tx, request.id)
    await insertNotice(tx, { kind: 'approval_reminder', toRoles: request.roles, ...about })
    const asked = { total: centsIn(request.total), outletId: head.outlet_id, supplierId: head.supplier_id }
    const next = nextAbove(await listTiers(tx, head.type), asked)
    if (next.length > 0) await insertNotice(tx, { kind: 'approval_next', toRoles: next, ...about })
    const after = { reminded: request.roles, next }
    await note(tx, context, id, { action: 'consignment.approval_reminded', before: null, after })
    return true
  })
}

async function waitingSince(tx: Db, head: Head, before: Date): Promise<RequestRow | undefined> {
  if (head.approval !== 'pending') return undefined
  const [last] = await listRequests(tx, head.id)
  return last && last.decision === null && last.asked_at < before ? last : undefined
}

async function markShipped(context: Context, id: string): Promise<boolean> {
  return quietly(context, id, async (tx, head) => {
    if (head.status !== 'SENT' || head.shipped_at !== null) return false
    const { shipped_at } = await changeConsignment(tx, id, { shipped_at: new Date() })
    await note(tx, context, id, { action: 'consignment.shipped', before: null, after: { shippedAt: shipped_at } })
    return true
  })
}

type Wanted = { to: Status; isDue: (head: Head) => boolean; reason: string }

/** Looks again under the lock: what is no longer due, or not lawful now, is left as it is and tells of itself elsewhere. */
async function step(context: Context, id: string, { to, isDue, reason }: Wanted): Promise<boolean> {
  return quietly(context, id, async (tx, head) => {
    if (!isDue(head)) return false
    const lawful = lawfulSteps({ type: head.type, status: head.status, facts: await readFacts(tx, head) })
    if (!lawful.some((one) => one.to === to)) return false
    await takeStepTo(tx, context, head, { to, reason })
    return true
  })
}

type Doing = (tx: Db, head: Head) => Promise<boolean>

/** One document in a transaction of its own; what a rule refuses waits for people. */
async function quietly(context: Context, id: string, act: Doing): Promise<boolean> {
  const done: boolean[] = []
  try {
    await withHead(
      context,
      { ref: id, ifMatch: undefined },
      {
        what: 'by the clock',
        right: 'consignments:read',
        act: async (tx, head) => void done.push(await act(tx, head)),
        answer: async () => undefined,
      },
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    context.log.warn({ consignmentId: id, code: error.code }, 'What is due by the clock was refused')
    return false
  }
  return done.includes(true)
}

async function walk<At extends Reached>(
  signal: AbortSignal,
  { list, act }: { list: (after: Reached | undefined) => Promise<At[]>; act: (at: At) => Promise<boolean> },
): Promise<number> {
  let [reached, done]: [Reached | undefined, number] = [undefined, 0]
  for (;;) {
    const page: At[] = await list(reached)
    done += await each(page, signal, act)
    reached = page.at(-1)
    if (reached === undefined || page.length < bundle || signal.aborted) return done
  }
}

async function each<Item>(items: readonly Item[], signal: AbortSignal, act: (item: Item) => Promise<boolean>) {
  let done = 0
  for (const item of items) if (!signal.aborted && (await act(item))) done += 1
  return done
}
