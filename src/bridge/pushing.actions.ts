import { findConsignment, readFacts } from '../consignments/consignments.store.ts'
import type { Db } from '../db/database.ts'
import { carryOut } from '../stocktakes/carrying.ts'
import { adopt } from './adopting.actions.ts'
import { listCounting } from './arrivals.store.ts'
import type { Call } from './calls.rules.ts'
import { lookUp, statusOfDesk, type Desk } from './desk.ts'
import { endLeg, takeOut, whyNotTakenOut } from './handing-over.actions.ts'
import { isToBeFollowed, isWaiting, tooMuchIn } from './leg.rules.ts'
import { listFallen } from './legs-over.store.ts'
import { forgetRemote, saveAttempts } from './legs.store.ts'
import { saveLink } from './links.store.ts'
import { meaningOf, type Meaning } from './meaning.rules.ts'
import { snapshotOf, type Snapshot } from './merging.rules.ts'
import { write, type Round } from './performing.ts'
import { planPush } from './plan.rules.ts'
import type { Pushing } from './pushing.ts'
import { joinLateRest, withRest } from './rest.actions.ts'
import { agree, keepUnknown, park } from './settling.actions.ts'
import type { There } from './sides.rules.ts'

/** Readings of one push: after each that shows something to do, it is done, and looked at again. */
const mostRounds = 6

/** `settled`: nothing is left to do, or somebody must choose. `to_write`: there is, and it was only looked. */
export type Outcome = 'settled' | 'to_write'

/**
 * Brings a document's leg in Lightspeed to where the document is. Each round reads all of it, takes over what somebody
 * did there, plans, and writes one call at a time; only a reading that shows nothing left to do makes it `synced`. So it
 * may be broken off anywhere, and done twice. Without `mayWrite` it only looks. Throws a LightspeedError where Lightspeed
 * does not do what it was asked.
 */
export async function push(
  pushing: Pushing,
  consignmentId: string,
  { mayWrite }: { mayWrite: boolean },
): Promise<Outcome> {
  const head = await findConsignment(pushing.context.database.db, { id: consignmentId })
  if (head?.type === 'STOCKTAKE') return carryOut(pushing, head, { mayWrite })
  const refused = new Set<string>()
  for (let round = 1; ; round += 1) {
    const desk = await lookUp(pushing, consignmentId, { mayMake: mayWrite })
    if (!desk) {
      if (mayWrite) await saveLink(pushing.context.database.db, consignmentId, 'none')
      return 'settled'
    }
    const outcome = await goOn({ ...pushing, refused }, desk, mayWrite)
    if (outcome !== 'again') return outcome
    if (round === mostRounds)
      throw new Error(`${desk.head.number} is not as it should be in Lightspeed after ${round} rounds`)
  }
}

async function goOn(pushing: Round, desk: Desk, mayWrite: boolean): Promise<Outcome | 'again'> {
  const { leg, there, wanted } = desk
  const { db } = pushing.context.database
  const meaning = await meaningTo(db, desk)
  if (meaning.kind === 'conflict') return park(pushing, desk, meaning.reasons)
  if (meaning.kind === 'adopt') return adopt(pushing, desk, await withRest(pushing, desk, meaning))
  if (meaning.kind === 'unknown') return (mayWrite ? park : keepUnknown)(pushing, desk, meaning.reasons)
  if (there === null && leg.remote_id !== null) {
    await forgetRemote(db, leg.id)
    return 'again'
  }
  if (mayWrite && tooMuchIn(wanted).length > 0 && leg.position > 1) return takeOut(pushing, desk)
  if (mayWrite && isToBeFollowed(placeOf(desk), wanted, there)) return endLeg(pushing, desk, there)
  const { calls, outOfReach } = planPush(wanted, there)
  if (outOfReach.length > 0) return park(pushing, desk, outOfReach)
  if (calls.length === 0) return (await joinLateRest(pushing, desk)) ? 'again' : settle(pushing, desk)
  if (!mayWrite) return 'to_write'
  const goal = snapshotOf(wanted)
  await saveAttempts(db, leg, [...passingThrough(goal, calls), goal])
  await write(pushing, leg, calls)
  return 'again'
}

async function settle(pushing: Round, desk: Desk): Promise<Outcome | 'again'> {
  const reasons = await whyNotTakenOut(pushing, desk)
  return reasons.length > 0 ? park(pushing, desk, reasons) : agree(pushing, desk)
}

function placeOf({ head: { status }, leg }: Desk) {
  return { status, isTakenIn: leg.take_in_at !== null, isLater: leg.position > 1 }
}

/** What stands in several rows is taken out before it is put in again as one: should that be broken off, it was us. */
function passingThrough(goal: Snapshot, calls: readonly Call[]): Snapshot[] {
  const out = new Set(calls.flatMap((call) => (call.do === 'remove' ? [call.productId] : [])))
  if (out.size === 0) return []
  return [{ ...goal, lines: Object.fromEntries(Object.entries(goal.lines).filter(([id]) => !out.has(id))) }]
}

/** What somebody else has done in Lightspeed since both sides agreed, and what that means here. */
export async function meaningTo(db: Db, { head, leg, there, wanted }: Desk): Promise<Meaning> {
  const attempted = [...leg.attempted, snapshotOf(wanted)]
  if (there === null) {
    const isOurs = attempted.some(({ status }) => status === null || status === 'CANCELLED')
    if (leg.remote_id === null || isOurs) return { kind: 'nothing' }
    return { kind: 'conflict', reasons: ['it was deleted in Lightspeed'] }
  }
  const { type, shipped_at: shippedAt } = head
  const wrong = await wrongLegs(db, { head, leg, there })
  if (wrong.length > 0) return { kind: 'conflict', reasons: wrong }
  return meaningOf({
    type,
    status: statusOfDesk({ head, leg, wanted }),
    isShipped: shippedAt !== null,
    facts: await readFacts(db, head),
    known: { agreed: leg.agreed, attempted },
    agreedStatus: leg.remote_status === 'RECEIVED' ? 'RECEIVED' : leg.agreed_status,
    there,
    wanted,
    counting: await listCounting(db, head.id),
  })
}

/** A leg that is over and fell back; and the rest that somebody ordered on in Lightspeed, of what is over here. */
async function wrongLegs(db: Db, { head, leg, there }: Pick<Desk, 'head' | 'leg'> & { there: There }) {
  if (leg.position === 1) return []
  const fallen = (await listFallen(db, head.id)).map(
    ({ remoteId, status }) =>
      `an earlier part of it, ${remoteId}, fell back from RECEIVED to ${status}: receive it there again`,
  )
  const isUnasked = leg.is_theirs && leg.agreed === null && !isWaiting(head.status)
  return isUnasked ? [...fallen, `the rest of it goes on in Lightspeed as ${there.header.name || there.id}`] : fallen
}
