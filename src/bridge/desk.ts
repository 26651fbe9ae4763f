import { randomUUID } from 'node:crypto'
import { findConsignment, type Head } from '../consignments/consignments.store.ts'
import { listLines } from '../consignments/lines.store.ts'
import { readCarried } from './legs-over.store.ts'
import { findLeg, makeLeg, type Leg } from './legs.store.ts'
import type { Quantity } from '../kernel/quantity.ts'
import type { Part } from './leg.rules.ts'
import { locate } from './locating.actions.ts'
import type { Pushing } from './pushing.ts'
import { readThere } from './remote.ts'
import type { There, Wanted } from './sides.rules.ts'
import { wantedOf } from './wanting.rules.ts'

/** Both sides of a document as they are now, as far as its last leg goes; `carried` by those before it. */
export type Desk = { head: Head; leg: Leg; there: There | null; wanted: Wanted; carried: ReadonlyMap<string, Quantity> }

/** Reads all of both sides; undefined where Lightspeed neither knows the document nor should. */
export async function lookUp(
  pushing: Pushing,
  id: string,
  { mayMake }: { mayMake: boolean },
): Promise<Desk | undefined> {
  const { db } = pushing.context.database
  const head = await findConsignment(db, { id })
  // How a count is scoped and posted there is not told by its lines alone.
  if (!head || head.type === 'STOCKTAKE') return undefined
  const lines = await listLines(db, id)
  const found = await findLeg(db, id)
  if (!found && (!mayMake || wantedOf(head, lines, { token: '', thereStatus: null }).status === null)) return undefined
  if (!found) await makeLeg(db, id, `${head.number}-${randomUUID().slice(0, 8)}`)
  const made = found ?? (await findLeg(db, id))
  if (!made) throw new Error(`${head.number} has no leg`)
  const leg = await locate(pushing, made, head)
  const there = leg.remote_id === null ? null : await readThere(pushing, leg.remote_id)
  const carried = await readCarried(db, id)
  return { head, leg, there, carried, wanted: wantedOfLeg(head, lines, { leg, there, carried }) }
}

/** Where a document is, as far as its last leg goes: what is to be received there is as if all of it had come. */
export function statusOfDesk({ head, leg, wanted }: Pick<Desk, 'head' | 'leg' | 'wanted'>): Head['status'] {
  return leg.take_in_at !== null && wanted.status === 'RECEIVED' ? 'RECEIVED' : head.status
}

type Placed = Pick<Desk, 'leg' | 'there' | 'carried'>

/** What Lightspeed should have of a leg. The header of one that somebody made there is theirs. */
export function wantedOfLeg(
  head: Head,
  lines: Awaited<ReturnType<typeof listLines>>,
  { leg, there, carried }: Placed,
): Wanted {
  const isLater = leg.position > 1
  const part: Part = {
    token: leg.token,
    thereStatus: there?.status ?? null,
    isTakenIn: leg.take_in_at !== null,
    ...(isLater ? { later: { carried, isForRest: leg.is_for_rest } } : {}),
  }
  const wanted = wantedOf(head, lines, part)
  return leg.is_theirs && there ? { ...wanted, header: there.header } : wanted
}
