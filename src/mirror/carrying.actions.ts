import type { Transaction } from '../db/transaction.ts'
import { storableText } from './copy-text.ts'
import { decide } from './carried.rules.ts'
import { findHeld, findLevelId, lockCarried, markCarried, settleOne } from './carrying.store.ts'
import type { Entity } from './entity.ts'
import { canBeCarried, lockForCarrying, mergeRows } from './merge.store.ts'
import { readRecords } from './reading.ts'
import { advance, putAside } from './state.store.ts'
import { entityNamed } from './tables.ts'

/** A record, or a part of one, that somebody told us instead of our reading it. */
export type News = {
  entity: string
  id: string | undefined
  patch: Record<string, unknown>
  isTombstone: boolean
  owned?: Record<string, string>
  /** When it was told. */
  at: Date
}

export type Carried = 'stored' | 'not_newer' | 'set_aside' | 'unplaced'

/**
 * Takes news into the mirror by the same upsert as everything else. `unplaced`: nobody knows which record it is about.
 * Until Lightspeed itself confirms the row, a reading of the same version replaces it.
 */
export async function carry(tx: Transaction, news: News): Promise<Carried> {
  const entity = entityNamed(news.entity)
  const told = news.id ?? (await placeOf(tx, news))
  if (told === undefined) return 'unplaced'
  const id = storableText(told)
  await lockForCarrying(tx.client, entity)
  await lockCarried(tx.db, entity, id)
  const held = await findHeld(tx.db, entity, id)
  const decision = decide({ ...news, patch: withKey(entity, news.patch, id) }, held)
  if ('because' in decision) {
    if (decision.because === 'older') return 'not_newer'
    await putAside(tx.db, entity, [{ recordId: id, reason: 'version is not a whole number', source: news.patch }])
    return 'set_aside'
  }
  const { rows, refused } = readRecords(entity, [decision.record], () => news.owned ?? {})
  await putAside(tx.db, entity, refused)
  if (refused.length > 0) return 'set_aside'
  if (canBeCarried(entity)) await markCarried(tx.db, entity, id, decision.version)
  const { inserted, updated } = await mergeRows(tx.client, entity, rows, { cause: 'webhook' })
  await advance(tx.db, entity, { cursor: 0, inserted })
  if (inserted + updated === 0) return 'not_newer'
  await settleOne(tx.db, entity, id)
  return 'stored'
}

/** A level may be told by its product and outlet alone. */
async function placeOf({ db }: Transaction, { entity, patch }: News): Promise<string | undefined> {
  const { product_id: productId, outlet_id: outletId } = patch
  if (entity !== 'inventory' || typeof productId !== 'string' || typeof outletId !== 'string') return undefined
  return findLevelId(db, productId, outletId)
}

function withKey({ key: [key = 'id'] }: Entity, patch: Record<string, unknown>, id: string) {
  return { ...patch, [key]: id }
}
