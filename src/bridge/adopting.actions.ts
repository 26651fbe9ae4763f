import { randomUUID } from 'node:crypto'
import { changeConsignment, findConsignment, lockConsignment, type Head } from '../consignments/consignments.store.ts'
import type { Status } from '../consignments/lifecycle.rules.ts'
import { note } from '../consignments/locked.actions.ts'
import { takeStepTo } from '../consignments/transitions.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { Refusal } from '../kernel/refusal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import { saveArrived } from './arrivals.store.ts'
import type { Desk } from './desk.ts'
import { isUntouched, saveSeen } from './legs.store.ts'
import type { Arrived } from './meaning.rules.ts'
import { passOn } from './handing-over.actions.ts'
import { snapshotOf } from './merging.rules.ts'
import type { Pushing } from './pushing.ts'
import type { Adoption } from './rest.actions.ts'
import { park, type Settled } from './settling.actions.ts'
import type { There } from './sides.rules.ts'

/**
 * Takes over what somebody did in Lightspeed: each step forward by itself, with all that follows from it here, what
 * arrived, and that goods are under way. What the law or a room refuses is a conflict.
 */
export async function adopt(pushing: Pushing, desk: Desk, adoption: Adoption): Promise<Settled> {
  try {
    await inTransaction(pushing.context.database, async ({ db: tx }) => {
      const head = await lockConsignment(tx, { id: desk.head.id })
      if (head?.version !== desk.head.version || !(await isUntouched(tx, desk.leg))) return
      const { steps, isShipped, rest } = adoption
      const arrived = inAll(adoption.arrived, desk.carried)
      await take(tx, pushing.context, {
        head,
        adoption: { steps, isShipped, arrived },
        remote: desk.there?.status ?? '',
      })
      if (rest && desk.there) await goOnWith(tx, pushing.context, { desk, there: desk.there, rest })
    })
    return 'again'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return park(pushing, desk, [`Lightspeed says ${desk.there?.status}, and here it was refused: ${error.message}`])
  }
}

/** Of each product what the document has received then, whatever leg brought it. */
export function inAll(arrived: readonly Arrived[], carried: Desk['carried']): Arrived[] {
  return arrived.map(({ productId, received }) => ({ productId, received: received + (carried.get(productId) ?? 0n) }))
}

/** Both sides agree on the rest: it is what the document still waits for. */
async function goOnWith(tx: Db, context: Context, { desk, there, rest }: { desk: Desk; there: There; rest: There }) {
  const { leg } = desk
  await saveSeen(tx, leg.id, there)
  const head = await findConsignment(tx, { id: desk.head.id })
  if (!head) return
  await passOn(tx, context, head, { leg, there, next: { there: rest, agreed: snapshotOf(rest) } })
}

type Taking = { head: Head; adoption: Omit<Adoption, 'kind' | 'rest'>; remote: string }

async function take(tx: Db, context: Context, { head, adoption: { steps, arrived, isShipped }, remote }: Taking) {
  let now = head
  for (const [at, { to }] of steps.entries()) {
    const isLast = at === steps.length - 1
    const reason = isLast ? `Lightspeed says ${remote}` : `Lightspeed says ${remote}; passed through on the way there`
    // What arrived is written before the step that ends with it, so that what follows from it sees it.
    if (isLast && endsReceiving.has(to)) await bookIn(tx, context, now, arrived)
    now = await takeStepTo(tx, context, now, { to, reason })
  }
  if (!endsReceiving.has(steps.at(-1)?.to ?? 'OPEN')) await bookIn(tx, context, now, arrived)
  if (!isShipped) return
  await changeConsignment(tx, head.id, { shipped_at: new Date() })
  const reason = `Lightspeed says ${remote}`
  await note(tx, context, head.id, { action: 'consignment.shipped', before: null, after: { remote }, reason })
}

const endsReceiving: ReadonlySet<Status> = new Set(['RECEIVED', 'PARTIAL'])

/** Takes what was received in Lightspeed for received here. */
export async function bookIn(tx: Db, { actor, ...context }: Context, { id }: Head, arrived: readonly Arrived[]) {
  if (arrived.length === 0) return
  const lines = arrived.map(({ productId, received }) => ({
    productId,
    received: sayDecimal(received, quantityPlaces),
  }))
  await saveArrived(tx, {
    consignmentId: id,
    actor: actor.id,
    lines: lines.map((line) => ({ id: randomUUID(), ...line })),
  })
  await changeConsignment(tx, id, {})
  const said = { action: 'consignment.received_in_lightspeed', before: null, after: { lines } }
  await note(tx, { actor, ...context }, id, said)
}
