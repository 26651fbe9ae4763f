import { randomUUID } from 'node:crypto'
import { changeConsignment, lockConsignment, type Head } from '../consignments/consignments.store.ts'
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
import { isUntouched } from './legs.store.ts'
import type { Arrived, Meaning } from './meaning.rules.ts'
import type { Pushing } from './pushing.ts'
import { park, type Settled } from './settling.actions.ts'

type Adoption = Extract<Meaning, { kind: 'adopt' }>

/**
 * Takes over what somebody did in Lightspeed: each step forward by itself, with all that follows from it here, what
 * arrived, and that goods are under way. What the law or a room refuses is a conflict.
 */
export async function adopt(pushing: Pushing, desk: Desk, adoption: Adoption): Promise<Settled> {
  try {
    await inTransaction(pushing.context.database, async ({ db: tx }) => {
      const head = await lockConsignment(tx, { id: desk.head.id })
      if (head?.version !== desk.head.version || !(await isUntouched(tx, desk.leg))) return
      await take(tx, pushing.context, { head, adoption, remote: desk.there?.status ?? '' })
    })
    return 'again'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return park(pushing, desk, [`Lightspeed says ${desk.there?.status}, and here it was refused: ${error.message}`])
  }
}

async function take(
  tx: Db,
  context: Context,
  { head, adoption: { steps, arrived, isShipped }, remote }: { head: Head; adoption: Adoption; remote: string },
) {
  let now = head
  for (const [at, { to }] of steps.entries()) {
    const isLast = at === steps.length - 1
    const reason = isLast ? `Lightspeed says ${remote}` : `Lightspeed says ${remote}; passed through on the way there`
    // What arrived is written before the step that ends with it, so that what follows from it sees it.
    if (isLast && to === 'RECEIVED') await bookIn(tx, context, now, arrived)
    now = await takeStepTo(tx, context, now, { to, reason })
  }
  if (now.status !== 'RECEIVED' || steps.length === 0) await bookIn(tx, context, now, arrived)
  if (!isShipped) return
  await changeConsignment(tx, head.id, { shipped_at: new Date() })
  const reason = `Lightspeed says ${remote}`
  await note(tx, context, head.id, { action: 'consignment.shipped', before: null, after: { remote }, reason })
}

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
