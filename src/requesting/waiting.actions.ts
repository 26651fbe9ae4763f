import type { Head } from '../consignments/consignments.store.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { findWaiting } from './requests.store.ts'

/** While its goods are asked for a draft stays as it was asked. Throws a Refusal (422). */
export async function mustNotBeAsked(tx: Db, { id, type, status, number }: Head) {
  if (type !== 'OUTLET_TRANSFER' || status !== 'DRAFT' || !(await findWaiting(tx, id))) return
  throw new Refusal(
    'not_lawful',
    'request_waiting',
    `${number} waits for the answer of the outlet that it is asked of; withdraw the request, change it, and ask again`,
  )
}
