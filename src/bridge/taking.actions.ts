import { listProducts } from '../consignments/catalogue.store.ts'
import { changeConsignment, readFacts, type Head } from '../consignments/consignments.store.ts'
import { mayEdit } from '../consignments/editing.rules.ts'
import { changeLine, insertLines, listLines } from '../consignments/lines.store.ts'
import { note, withLocked, type Target } from '../consignments/locked.actions.ts'
import { beforeAmending, revise } from '../consignments/revising.ts'
import { takeStepTo } from '../consignments/transitions.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import { bookIn, inAll } from './adopting.actions.ts'
import { askForPush } from './asking.actions.ts'
import { closeConflict } from './conflicts.store.ts'
import { statusOfDesk, wantedOfLeg } from './desk.ts'
import { readCarried } from './legs-over.store.ts'
import { acceptTheirs, forgetRemote, snapshot, type Leg } from './legs.store.ts'
import { saveLink } from './links.store.ts'
import type { Snapshot } from './merging.rules.ts'
import { openConflict } from './resolving.actions.ts'
import { takeHeader } from './taking-header.actions.ts'
import { takingOf, type Taking } from './taking.rules.ts'

/**
 * Both sides changed, and Lightspeed's is the one that counts: lines and status are taken over as far as the law lets.
 * Throws a Refusal (422) that says what it does not let, and nothing is changed then.
 */
export async function takeTheirs(context: Context, target: Target) {
  return withLocked(context, target, {
    what: 'take theirs',
    right: 'consignments:edit',
    act: async (tx, head) => {
      const { leg, conflict } = await openConflict(tx, head)
      const theirs = conflict.theirs === null ? null : snapshot.parse(conflict.theirs)
      await take(tx, context, head, { leg, theirs })
      if (theirs === null) await forgetRemote(tx, leg.id)
      else await acceptTheirs(tx, leg.id, theirs)
      await closeConflict(tx, leg.id, 'took_theirs', context.actor.id)
      await saveLink(tx, head.id, 'queued')
      await changeConsignment(tx, head.id, {})
      await askForPush(tx, context, head)
      await note(tx, context, head.id, {
        action: 'consignment.conflict_resolved',
        before: { ours: conflict.ours, reasons: conflict.reasons },
        after: { resolution: 'took_theirs', theirs: conflict.theirs },
      })
    },
  })
}

type Sides = { leg: Leg; theirs: Snapshot | null }

/** What is gone there is called off here. */
async function take(tx: Db, context: Context, head: Head, { leg, theirs }: Sides): Promise<void> {
  const lines = await listLines(tx, head.id)
  const carried = await readCarried(tx, head.id)
  const wanted = wantedOfLeg(head, lines, { leg, there: null, carried })
  const status = statusOfDesk({ head, leg, wanted })
  const facts = await readFacts(tx, head)
  const ours = { type: head.type, status, facts, lines: wanted.lines, agreed: leg.agreed_status }
  const taking = takingOf(ours, theirs ?? { status: 'CANCELLED', lines: {} })
  const isPacked = lines.some(({ packed }) => Number(packed) > 0)
  if (taking.steps.includes('CANCELLED')) {
    await takeStepTo(tx, context, head, calledOff(theirs))
    return
  }
  const packed = isPacked && taking.counts.length > 0 ? [`${head.number} is packed: open the boxes first`] : []
  mustBeLawful(head, [...taking.outOfReach, ...packed])
  await plan(tx, context, head, { taking, lines })
  if (theirs) await takeHeader(tx, context, head, { leg, theirs })
  await goOn(tx, context, head, { ...taking, arrived: inAll(taking.arrived, carried) })
}

function calledOff(theirs: Snapshot | null) {
  const reason = theirs === null ? 'It was deleted in Lightspeed' : 'It was cancelled in Lightspeed'
  return { to: 'CANCELLED' as const, reason }
}

function mustBeLawful({ number, status }: Head, outOfReach: readonly string[]) {
  if (outOfReach.length === 0) return
  const why = outOfReach.join('; ')
  throw new Refusal('not_lawful', 'theirs_not_lawful', `${number} cannot become what Lightspeed has: ${why}`, {
    status,
    outOfReach,
  })
}

type Lines = Awaited<ReturnType<typeof listLines>>

async function plan(tx: Db, context: Context, head: Head, { taking, lines }: { taking: Taking; lines: Lines }) {
  const { counts, added } = taking
  const before = await beforeAmending(tx, head)
  for (const { productId, quantity } of counts) {
    const line = lines.find(({ product_id: id }) => id === productId)
    if (line) await changeLine(tx, line.id, { quantity: say(quantity) })
  }
  if (mayEdit(head, 'add_line')) await insertLines(tx, head, await linesOf(tx, added))
  if (counts.length + added.length === 0) return
  const were = lines.map(({ product_id: productId, quantity }) => ({ productId, quantity }))
  const after = [...counts, ...added].map(({ productId, quantity }) => ({ productId, quantity: say(quantity) }))
  const what = { action: 'consignment.lines_taken_over', before: were, after, reason: 'Taken over from Lightspeed' }
  await revise(tx, context, before, what)
}

async function goOn(tx: Db, context: Context, head: Head, { steps, added, arrived }: Taking) {
  const end = steps.at(-1) ?? head.status
  let now = head
  const reason = 'Taken over from Lightspeed'
  for (const to of steps) {
    if (to === end && to === 'RECEIVED') await receive(tx, context, now, { added, arrived })
    now = await takeStepTo(tx, context, now, { to, reason })
  }
  if (end !== 'RECEIVED' || steps.length === 0) await receive(tx, context, now, { added, arrived })
}

async function receive(tx: Db, context: Context, head: Head, { added, arrived }: Pick<Taking, 'added' | 'arrived'>) {
  if (!mayEdit(head, 'add_line') && mayEdit(head, 'add_unexpected')) {
    const unexpected = await linesOf(
      tx,
      added.map(({ productId }) => ({ productId, quantity: 0n })),
    )
    await insertLines(tx, head, unexpected, 'unexpected')
  }
  await bookIn(tx, context, head, arrived)
}

/** Throws a Refusal (422) for a product that the mirror does not hold. */
async function linesOf(tx: Db, added: Taking['added']) {
  const ids = added.map(({ productId }) => productId)
  const known = new Set((await listProducts(tx, ids)).map(({ id }) => id))
  const unknown = ids.find((id) => !known.has(id))
  if (unknown !== undefined)
    throw new Refusal(
      'not_lawful',
      'theirs_not_lawful',
      `The product ${unknown} is not in the mirror: sync products first`,
    )
  return added.map(({ productId, quantity }) => ({
    productId,
    quantity: say(quantity),
    unitCost: null,
    packSize: null,
    supplierCode: null,
  }))
}

function say(amount: bigint): string {
  return sayDecimal(amount, quantityPlaces)
}
