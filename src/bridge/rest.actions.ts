import { lockConsignment } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { inTransaction } from '../db/transaction.ts'
import { findOpenDelivery } from '../receiving/deliveries.store.ts'
import type { Desk } from './desk.ts'
import { passOn } from './handing-over.actions.ts'
import { listKnownRemotes, listPossibleRests } from './legs-over.store.ts'
import { isUntouched, saveSeen } from './legs.store.ts'
import type { Meaning } from './meaning.rules.ts'
import type { Pushing } from './pushing.ts'
import { listHeads, readThere } from './remote.ts'
import { isRestOf, mayBeRestOf, shortOf, stepsToWaiting } from './rest.rules.ts'
import type { There } from './sides.rules.ts'

/** What is taken over, and the consignment in which the rest of it goes on there. */
export type Adoption = Extract<Meaning, { kind: 'adopt' }> & { rest?: There }

/**
 * Whoever receives a part of an order in Lightspeed itself ends it there, and Lightspeed makes another one of the rest: then
 * the document is not over, but waits for more.
 */
export async function withRest(pushing: Pushing, desk: Desk, adoption: Adoption): Promise<Adoption> {
  const { head, there } = desk
  if (there === null || adoption.steps.at(-1)?.to !== 'RECEIVED') return adoption
  const rest = await findRest(pushing, there, await listSince(pushing, desk, there))
  if (!rest) return adoption
  const hasArrived = adoption.arrived.length > 0
  const isCounted = (await findOpenDelivery(pushing.context.database.db, head.id)) !== undefined
  const steps = stepsToWaiting(head.type, head.status, { steps: adoption.steps, hasArrived, isCounted })
  return { ...adoption, rest, steps }
}

/** The rest of an order that is over here was found late: it is a leg all the same, and somebody says what is to be of it. */
export async function joinLateRest(pushing: Pushing, desk: Desk): Promise<boolean> {
  const { head, leg, there } = desk
  const { context } = pushing
  if (head.type !== 'PURCHASE_ORDER' || there?.status !== 'RECEIVED' || leg.remote_status !== 'RECEIVED') return false
  const rest = await findRest(pushing, there, await listPossibleRests(context.database.db, leg.id))
  if (!rest) return false
  return inTransaction(context.database, async ({ db: tx }) => {
    const now = await lockConsignment(tx, { id: head.id })
    if (!now || !(await isUntouched(tx, leg))) return true
    await saveSeen(tx, leg.id, there)
    await passOn(tx, context, now, { leg, there, next: { there: rest, agreed: null } })
    const after = { remoteId: rest.id, name: rest.header.name }
    await note(tx, context, head.id, { action: 'consignment.rest_found', before: null, after })
    return true
  })
}

/** What Lightspeed has made since this one was seen last: the mirror may not have it yet. */
async function listSince(pushing: Pushing, { leg }: Desk, there: There): Promise<string[]> {
  if (there.header.type !== 'SUPPLIER' || shortOf(there).size === 0) return []
  const heads = await listHeads(pushing, { type: 'SUPPLIER', after: leg.remote_version ?? 0 })
  const ids = heads.filter((one) => mayBeRestOf(there, one)).map(({ id }) => id)
  const known = await listKnownRemotes(pushing.context.database.db, ids)
  return ids.filter((id) => !known.has(id))
}

/** The only one that can be it; of several nobody knows. */
async function findRest(pushing: Pushing, there: There, ids: readonly string[]): Promise<There | undefined> {
  const fitting: There[] = []
  for (const id of ids) {
    const candidate = await readThere(pushing, id)
    if (candidate && isRestOf(there, candidate)) fitting.push(candidate)
  }
  return fitting.length === 1 ? fitting[0] : undefined
}
