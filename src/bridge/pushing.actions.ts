import { randomUUID } from 'node:crypto'
import { findConsignment, type Head } from '../consignments/consignments.store.ts'
import { listLines } from '../consignments/lines.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { inTransaction } from '../db/transaction.ts'
import { snooze } from '../jobs/handler.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { perform, requestFor, type Request } from './calling.ts'
import { closeConflict, saveConflict } from './conflicts.store.ts'
import {
  findLeg,
  forgetRemote,
  makeLeg,
  saveAttempts,
  saveCreateAsked,
  saveRemoteId,
  saveSeen,
  clearCreateAsked,
  type Leg,
} from './legs.store.ts'
import { saveLink } from './links.store.ts'
import { locate } from './locating.actions.ts'
import { foreignChanges, snapshotOf, type Snapshot } from './merging.rules.ts'
import type { Call } from './calls.rules.ts'
import { planPush } from './plan.rules.ts'
import type { Pushing } from './pushing.ts'
import { createdId, readThere } from './remote.ts'
import type { There, Wanted } from './sides.rules.ts'
import { wantedOf } from './wanting.rules.ts'

/** Readings of one push: after each that shows something to do, it is done, and looked at again. */
const mostRounds = 5

/**
 * Brings a document's leg in Lightspeed to where the document is. Each round reads all of it, plans, and writes one call
 * at a time; only a reading that shows nothing left to do makes it `synced`. So it may be broken off anywhere, and done
 * twice. Throws a LightspeedError where Lightspeed does not do what it was asked.
 */
export async function push(pushing: Pushing, consignmentId: string): Promise<void> {
  const refused = new Set<string>()
  for (let round = 1; ; round += 1) {
    const desk = await lookUp(pushing, consignmentId)
    if (!desk) return
    const outcome = await goOn({ ...pushing, refused }, desk)
    if (outcome === 'settled') return
    if (round === mostRounds)
      throw new Error(`${desk.head.number} is not as it should be in Lightspeed after ${round} rounds`)
  }
}

/** With the requests that were refused once: what is refused twice, with a look in between, is refused for good. */
type Round = Pushing & { refused: Set<string> }

type Desk = { head: Head; leg: Leg; there: There | null; wanted: Wanted }

/** Both sides as they are now; undefined where Lightspeed neither knows the document nor should. */
async function lookUp(pushing: Pushing, id: string): Promise<Desk | undefined> {
  const { db } = pushing.context.database
  const head = await findConsignment(db, { id })
  // How a count is scoped and posted there is not told by its lines alone.
  if (!head || head.type === 'STOCKTAKE') return undefined
  const lines = await listLines(db, id)
  const found = await findLeg(db, id)
  if (!found && wantedOf(head, lines, { token: '', thereStatus: null }).status === null) return undefined
  if (!found) await makeLeg(db, id, `${head.number}-${randomUUID().slice(0, 8)}`)
  const made = found ?? (await findLeg(db, id))
  if (!made) throw new Error(`${head.number} has no leg`)
  const leg = await locate(pushing, made, head)
  const there = leg.remote_id === null ? null : await readThere(pushing, leg.remote_id)
  return { head, leg, there, wanted: wantedOf(head, lines, { token: leg.token, thereStatus: there?.status ?? null }) }
}

async function goOn(pushing: Round, desk: Desk): Promise<'settled' | 'again'> {
  const { leg, there, wanted } = desk
  const goal = snapshotOf(wanted)
  const reasons = foreignTo(desk)
  if (reasons.length > 0) return park(pushing, desk, reasons)
  if (there === null && leg.remote_id !== null) await forgetRemote(pushing.context.database.db, leg.id)
  const { calls, outOfReach } = planPush(wanted, there)
  if (outOfReach.length > 0) return park(pushing, desk, outOfReach)
  if (calls.length === 0) return agree(pushing, desk)
  await saveAttempts(pushing.context.database.db, leg, [...passingThrough(goal, calls), goal])
  await write(pushing, desk, calls)
  return 'again'
}

/** What stands in several rows is taken out before it is put in again as one: should that be broken off, it was us. */
function passingThrough(goal: Snapshot, calls: readonly Call[]): Snapshot[] {
  const out = new Set(calls.flatMap((call) => (call.do === 'remove' ? [call.productId] : [])))
  if (out.size === 0) return []
  return [{ ...goal, lines: Object.fromEntries(Object.entries(goal.lines).filter(([id]) => !out.has(id))) }]
}

/** What somebody else has done in Lightspeed since both sides agreed. */
function foreignTo({ leg, there, wanted }: Desk): string[] {
  const attempted = [...leg.attempted, snapshotOf(wanted)]
  if (there === null) {
    const isOurs = attempted.some(({ status }) => status === null || status === 'CANCELLED')
    return leg.remote_id === null || isOurs ? [] : ['it was deleted in Lightspeed']
  }
  if (leg.remote_status === 'RECEIVED' && there.status !== 'RECEIVED')
    return [`Lightspeed fell back from RECEIVED to ${there.status}`]
  return foreignChanges(there, { agreed: leg.agreed, attempted })
}

/** One at a time. A refusal ends the push where nothing has moved; where something has, it is looked at again. */
async function write(pushing: Round, { leg }: Desk, calls: readonly Call[]) {
  let id = leg.remote_id ?? ''
  for (const call of calls) {
    if (call.do === 'await') snooze(new Date(Date.now() + 2_000))
    if (call.do === 'create') id = await create(pushing, leg, call)
    else if (!(await isTaken(pushing, requestFor(call, id)))) return
  }
}

async function create({ context, client, signal }: Pushing, leg: Leg, call: Extract<Call, { do: 'create' }>) {
  const { db } = context.database
  await saveCreateAsked(db, leg.id)
  try {
    const id = createdId(await perform(client, requestFor(call, ''), signal))
    await saveRemoteId(db, leg.id, id)
    return id
  } catch (error) {
    if (error instanceof LightspeedError && isRefusal(error)) await clearCreateAsked(db, leg.id)
    throw error
  }
}

/** False where it was refused for the first time: it may be the repeat of what has taken effect, or something has moved. */
async function isTaken({ client, signal, refused }: Round, request: Request) {
  try {
    await perform(client, request, signal)
    return true
  } catch (error) {
    const name = `${request.method} ${request.path}`
    const isFirst = error instanceof LightspeedError && isStale(error) && !refused.has(name)
    if (!isFirst) throw error
    refused.add(name)
    return false
  }
}

function isStale({ kind }: LightspeedError): boolean {
  return kind === 'rejected' || kind === 'not_found'
}

/** Lightspeed has answered that it did nothing. */
export function isRefusal({ kind }: LightspeedError): boolean {
  return ['unauthorised', 'forbidden', 'not_found', 'rejected', 'conflict', 'rate_limited'].includes(kind)
}

async function agree({ context }: Pushing, { head, leg, there }: Desk): Promise<'settled'> {
  const { db } = context.database
  if (there?.status === 'RECEIVED' && leg.remote_status !== 'RECEIVED') {
    await saveSeen(db, leg.id, there)
    return snooze(new Date(Date.now() + confirmedAfterMs))
  }
  await inTransaction(context.database, async ({ db: tx }) => {
    if (there) await saveSeen(tx, leg.id, there, snapshotOf(there))
    else await forgetRemote(tx, leg.id)
    await closeConflict(tx, leg.id, 'gone', context.actor.id)
    await saveLink(tx, head.id, there ? 'synced' : 'none', head.version)
    if (head.link !== 'synced') await note(tx, context, head.id, seenNote(head, there))
  })
  return 'settled'
}

/** RECEIVED may fall back to SENT by itself: it counts when it is still so after Lightspeed has worked on the lines. */
const confirmedAfterMs = 3_000

function seenNote(head: Head, there: There | null) {
  return {
    action: 'consignment.synced',
    before: { link: head.link },
    after: { link: there ? 'synced' : 'none', remoteId: there?.id ?? null, remoteStatus: there?.status ?? null },
  }
}

/** Nothing is written: both sides are kept, and somebody chooses. */
async function park({ context }: Pushing, { head, leg, there, wanted }: Desk, reasons: string[]): Promise<'settled'> {
  await inTransaction(context.database, async ({ db: tx }) => {
    const [ours, theirs] = [snapshotOf(wanted), there && snapshotOf(there)]
    await saveConflict(tx, { consignmentId: head.id, legId: leg.id, reasons, ours, theirs })
    if (there) await saveSeen(tx, leg.id, there)
    await saveLink(tx, head.id, 'conflict')
    if (head.link === 'conflict') return
    const said = { action: 'consignment.conflict_found', before: theirs, after: ours, reason: reasons.join('; ') }
    await note(tx, context, head.id, said)
  })
  return 'settled'
}
