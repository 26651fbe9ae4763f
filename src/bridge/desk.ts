import { randomUUID } from 'node:crypto'
import { findConsignment, type Head } from '../consignments/consignments.store.ts'
import { listLines } from '../consignments/lines.store.ts'
import { findLeg, makeLeg, type Leg } from './legs.store.ts'
import { locate } from './locating.actions.ts'
import type { Pushing } from './pushing.ts'
import { readThere } from './remote.ts'
import type { There, Wanted } from './sides.rules.ts'
import { wantedOf } from './wanting.rules.ts'

/** Both sides of a document as they are now. */
export type Desk = { head: Head; leg: Leg; there: There | null; wanted: Wanted }

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
  return { head, leg, there, wanted: wantedOf(head, lines, { token: leg.token, thereStatus: there?.status ?? null }) }
}
