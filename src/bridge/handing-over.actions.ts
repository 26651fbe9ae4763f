import { randomUUID } from 'node:crypto'
import type { Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { placeOf } from '../inventory/adjusting.rules.ts'
import { snooze } from '../jobs/handler.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import { wishFor } from '../writes/wishing.actions.ts'
import type { Desk } from './desk.ts'
import { carriedBy, isWaiting, tooMuchIn } from './leg.rules.ts'
import { handOver, listTakingOut, saveTakenOut, type Handover } from './legs-over.store.ts'
import { isUntouched, saveSeen, type Leg } from './legs.store.ts'
import type { Pushing } from './pushing.ts'
import { confirmedAfterMs } from './settling.actions.ts'
import type { There } from './sides.rules.ts'

/** Ends a leg to which nothing can be written any more, and begins the next. RECEIVED is believed at the second look. */
export async function endLeg({ context }: Pushing, { head, leg }: Desk, there: There): Promise<'again'> {
  const isFirstLook = there.status === 'RECEIVED' && leg.remote_status !== 'RECEIVED'
  const isDone = await inTransaction(context.database, async ({ db: tx }) => {
    if (!(await isUntouched(tx, leg))) return false
    await saveSeen(tx, leg.id, there)
    if (!isFirstLook) await passOn(tx, context, head, { leg, there })
    return true
  })
  if (isDone && isFirstLook) snooze(new Date(Date.now() + confirmedAfterMs))
  return 'again'
}

type Passing = { leg: Leg; there: There; next?: Handover['next'] }

/** In the transaction of what ends it. */
export async function passOn(
  tx: Db,
  context: Pushing['context'],
  head: Head,
  { leg, there, next }: Passing,
): Promise<void> {
  const carried = carriedBy(there)
  const token = `${head.number}-${randomUUID().slice(0, 8)}`
  await handOver(tx, leg, { carried, token, isForRest: isWaiting(head.status), ...(next ? { next } : {}) })
  const lines = [...carried].map(([productId, amount]) => ({ productId, received: sayDecimal(amount, quantityPlaces) }))
  await note(tx, context, head.id, {
    action: 'consignment.leg_ended',
    before: { leg: leg.position, remoteId: there.id, remoteStatus: there.status, lines },
    after: { leg: leg.position + 1, remoteId: next?.there.id ?? null },
  })
}

/** Takes out of stock what earlier legs brought there and was amended away since; no consignment can do that. */
export async function takeOut({ context }: Pushing, { head, leg, wanted }: Desk): Promise<'again'> {
  const items = tooMuchIn(wanted)
  await inTransaction(context.database, async ({ db: tx }) => {
    if (!(await isUntouched(tx, leg))) return
    const wish = {
      items: items.map(({ productId, quantity }) => ({
        productId,
        outletId: head.outlet_id,
        by: sayDecimal(-quantity, quantityPlaces),
        reason: null,
      })),
    }
    const subjects = wish.items.map(placeOf)
    const reason = `${head.number} was amended to less`
    const { id } = await wishFor(tx, context, { kind: 'inventory.adjust', subjects, wish, reason })
    await saveTakenOut(tx, leg, { writeId: id, items })
    const after = { writeId: id, ...wish }
    await note(tx, context, head.id, { action: 'consignment.taken_out', before: null, after, reason })
  })
  return 'again'
}

/** Why what was amended to less is not out of stock; waits while that is on its way. */
export async function whyNotTakenOut({ context }: Pushing, { head, leg }: Desk): Promise<string[]> {
  if (leg.position === 1) return []
  const open = await listTakingOut(context.database.db, head.id)
  const failures = open.flatMap(({ failure }) => failure ?? [])
  if (failures.length === 0 && open.length > 0) snooze(new Date(Date.now() + lookAgainMs))
  return failures.map((failure) => `what was amended to less could not be taken out of stock: ${failure}`)
}

const lookAgainMs = 2_000
