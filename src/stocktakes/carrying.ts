import { z } from 'zod'
import type { Pushing } from '../bridge/pushing.ts'
import { saveLink } from '../bridge/links.store.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { inTransaction } from '../db/transaction.ts'
import { snooze } from '../jobs/handler.ts'
import { readDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import { readContents } from '../lightspeed/envelope.rules.ts'
import { nudge } from '../mirror/nudging.actions.ts'
import { adjustmentsPath, matchMade, requestOf, type Made } from './adjusting.rules.ts'
import { plainQuantity, quantityOf } from './counting.rules.ts'
import {
  findOpenBatch,
  isPostingOpen,
  listClaimed,
  listWanted,
  readHighestVersion,
  readLookAfter,
  saveAsked,
  saveDone,
  savePosted,
  type Batch,
  type Wanted,
} from './posting.store.ts'

/**
 * Carries out a posting that was accepted: request by request, each noted before it is asked for. After an answer that
 * nobody read, what Lightspeed has made since is looked at first; so each difference is told once, wherever it is broken
 * off. Only when all of it is read back is the count `synced`.
 */
export async function carryOut(
  pushing: Pushing,
  head: Head,
  { mayWrite }: { mayWrite: boolean },
): Promise<'settled' | 'to_write'> {
  const { db } = pushing.context.database
  if (!(await isPostingOpen(db, head.id))) return 'settled'
  if (!mayWrite) return 'to_write'
  for (let batch = await findOpenBatch(db, head.id); batch; batch = await findOpenBatch(db, head.id))
    await bringAbout(pushing, head, batch)
  await confirm(pushing, head)
  return 'settled'
}

/** JUDGMENT: Lightspeed does not begin with a request later than this after it was sent. */
const onItsWaySeconds = 30

async function bringAbout(pushing: Pushing, head: Head, { batch, askedSecondsAgo, lookAfter }: Batch) {
  const { db } = pushing.context.database
  const isAsked = askedSecondsAgo !== null
  if (isAsked) await keepFound(pushing, head, { batch, made: await listMade(pushing, lookAfter) })
  const open = openOf(await listWanted(db, head.id, batch))
  if (open.length === 0) return
  const leftSeconds = isAsked ? onItsWaySeconds - askedSecondsAgo : 0
  if (leftSeconds > 0) snooze(new Date(Date.now() + leftSeconds * 1000))
  await saveAsked(db, head.id, { batch, lookAfter: isAsked ? lookAfter : await readHighestVersion(db) })
  const { client, signal } = pushing
  const lines = open.map(({ productId, quantity, reason }) => ({
    productId,
    quantity: plainQuantity(quantity),
    reason,
  }))
  const { body } = await client.request({ ...requestOf(head.outlet_id, lines), signal })
  await keepFound(pushing, head, { batch, made: readContents(body).records.map(madeIn) })
}

function openOf(wanted: readonly Wanted[]): Wanted[] {
  return wanted.filter(({ remoteId }) => remoteId === null)
}

async function keepFound(
  { context: { database } }: Pushing,
  head: Head,
  { batch, made }: { batch: number; made: readonly Made[] },
) {
  const wanted = openOf(await listWanted(database.db, head.id, batch))
  const claimed = await listClaimed(
    database.db,
    made.map(({ id }) => id),
  )
  const sought = wanted.map(({ productId, quantity, reason }) => ({
    productId,
    quantity: quantityOf(quantity),
    reason,
  }))
  const found = matchMade(sought, { made, outletId: head.outlet_id, claimed })
  await inTransaction(database, ({ db: tx }) => saveDone(tx, head.id, batch, found))
}

/** Each adjustment is there under the id that was kept, with the quantity that was meant. */
async function confirm(pushing: Pushing, head: Head) {
  const { context } = pushing
  const { db } = context.database
  const wanted = await listWanted(db, head.id)
  const there = wanted.length === 0 ? [] : await listMade(pushing, await readLookAfter(db, head.id))
  const made = new Map(there.map((one) => [one.id, one]))
  const missing = wanted.filter((line) => made.get(line.remoteId ?? '')?.quantity !== quantityOf(line.quantity))
  if (missing.length > 0)
    throw new Error(`${missing.length} adjustments of ${head.number} are not in Lightspeed as they were told`)
  await inTransaction(context.database, async ({ db: tx }) => {
    await savePosted(tx, head.id)
    await saveLink(tx, head.id, 'synced')
    const after = { link: 'synced', adjustments: wanted.length }
    if (head.link !== 'synced')
      await note(tx, context, head.id, { action: 'stocktake.posted', before: { link: head.link }, after })
    await nudge(tx, ['inventory'], context.correlationId)
  })
}

const adjustment = z.object({
  id: z.string(),
  product_id: z.string(),
  outlet_id: z.string(),
  quantity: z.union([z.string(), z.number()]),
  reason: z.string(),
})

/** Adjustments with a version above one. Only an empty page is the end of a list. */
async function listMade({ client, signal }: Pushing, from: number): Promise<Made[]> {
  const made: Made[] = []
  for (let after = from; ;) {
    const query = { after, page_size: 1000 }
    const { body } = await client.request({ method: 'GET', path: adjustmentsPath, query, signal })
    const { records, max } = readContents(body)
    made.push(...records.map(madeIn))
    if (records.length === 0 || max === null || max <= after) return made
    after = max
  }
}

function madeIn(record: unknown): Made {
  const { id, product_id: productId, outlet_id: outletId, quantity, reason } = adjustment.parse(record)
  const value = readDecimal(String(quantity), quantityPlaces)
  if (value === undefined)
    throw new Error(`Lightspeed says a quantity of ${quantity}, which Consign cannot keep exactly`)
  return { id, productId, outletId, quantity: value, reason }
}
