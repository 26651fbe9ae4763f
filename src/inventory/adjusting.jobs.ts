import { z } from 'zod'
import { askOnce, waitForLate } from '../writes/once.jobs.ts'
import { saveAnswered } from '../writes/writes.store.ts'
import type { Deed, Desk, Done } from '../writes/deed.ts'
import {
  changeOf,
  amountOf,
  isSame,
  matched,
  placeOf,
  reasonFor,
  sayAmount,
  type Adjustment,
  type Item,
} from './adjusting.rules.ts'
import { setLevels } from './setting-levels.jobs.ts'
import { findInventoryCursor } from './inventory.store.ts'
import { adjustRequest } from './adjusting-request.rules.ts'
import { adjustmentsIn, listAdjustments, readLevels } from './stock.remote.ts'

const place = { productId: z.string(), outletId: z.string(), reason: z.string().nullable() }

/** The wish, as it lies in its column. */
const adjusting = z.object({
  items: z.array(z.union([z.strictObject({ ...place, by: z.string() }), z.strictObject({ ...place, to: z.string() })])),
})

const memoShape = z.object({
  way: z.literal('adjustments'),
  lookAfter: z.number(),
  known: z.array(z.string()),
  adjustments: z.array(
    z.object({
      productId: z.string(),
      outletId: z.string(),
      quantity: z.string(),
      reason: z.string(),
      id: z.string().nullable(),
    }),
  ),
})

type Memo = z.infer<typeof memoShape>

/**
 * Changes levels by so many, each change once. What is wanted as a level becomes a change when its turn has come. An answer
 * that was lost is found again among the adjustments that Lightspeed lists since; only what is not there is asked for again.
 */
export const adjustStock: Deed = async (desk) => {
  const { items } = adjusting.parse(desk.write.wish)
  const memo = await memoOf(desk, items)
  if (memo === undefined) return setLevels(desk, items)
  const looked = desk.write.asked_at === null ? memo : await lookAgain(desk, memo)
  const asked = await ask(desk, looked)
  return readBack(desk, items, asked)
}

/** What was planned when it was begun; undefined where this Lightspeed knows no adjustments. */
async function memoOf(desk: Desk, items: readonly Item[]): Promise<Memo | undefined> {
  const kept = memoShape.safeParse(desk.write.memo)
  if (kept.success && (desk.write.asked_at !== null || kept.data.adjustments.some(({ id }) => id !== null)))
    return kept.data
  if (desk.write.memo !== null && !kept.success) return undefined
  const lookAfter = await findInventoryCursor(desk.context.database.db)
  const listed = await listAdjustments(desk, lookAfter)
  if (listed === undefined) return undefined
  const adjustments = await planned(desk, items)
  const known = listed.filter((one) => adjustments.some((other) => isSame(other, one))).map(({ id }) => id)
  return { way: 'adjustments', lookAfter, known, adjustments }
}

/** Levels are only asked for where one is wanted. What would change nothing is left out. */
async function planned(desk: Desk, items: readonly Item[]): Promise<Adjustment[]> {
  const levels = await readLevels(
    desk,
    items.filter(({ to }) => to !== undefined),
  )
  return items.flatMap((item) => {
    const change = changeOf(item, amountOf(levels.get(placeOf(item)) ?? '0'))
    const { productId, outletId, reason } = item
    if (change === 0n) return []
    return [{ productId, outletId, quantity: sayAmount(change), reason: reasonFor(reason, change), id: null }]
  })
}

/** An earlier try asked, and nobody read the answer. */
async function lookAgain(desk: Desk, memo: Memo): Promise<Memo> {
  const listed = (await listAdjustments(desk, memo.lookAfter)) ?? []
  const adjustments = matched(memo.adjustments, listed, memo.known)
  const found = { ...memo, adjustments }
  if (isWhole(found)) await saveAnswered(desk.context.database.db, desk.write.id, { remoteId: null, memo: found })
  else await waitForLate(desk)
  return found
}

async function ask(desk: Desk, memo: Memo): Promise<Memo> {
  if (isWhole(memo)) return memo
  const missing = memo.adjustments.filter(({ id }) => id === null)
  const answer = adjustmentsIn(await askOnce(desk, adjustRequest(missing), memo))
  const asked = { ...memo, adjustments: matched(memo.adjustments, answer, []) }
  if (!isWhole(asked)) throw new Error('Lightspeed answered an adjustment with another')
  await saveAnswered(desk.context.database.db, desk.write.id, { remoteId: null, memo: asked })
  return asked
}

const isWhole = ({ adjustments }: Memo) => adjustments.every(({ id }) => id !== null)

/** Only what Lightspeed lists has happened. Its level is what lies there now, with all that was sold in between. */
async function readBack(desk: Desk, items: readonly Item[], { lookAfter, adjustments }: Memo): Promise<Done> {
  const listed = new Set((await listAdjustments(desk, lookAfter))?.map(({ id }) => id))
  const lost = adjustments.find(({ id }) => id !== null && !listed.has(id))
  if (lost) throw new Error(`Lightspeed took the adjustment ${lost.id}, and does not show it yet`)
  const levels = await readLevels(desk, items)
  const told = items.map((item) => {
    const made = adjustments.find((one) => placeOf(one) === placeOf(item))
    const { productId, outletId } = item
    const change = { by: made?.quantity ?? '0', reason: made?.reason ?? null, adjustmentId: made?.id ?? null }
    return { productId, outletId, ...change, level: levels.get(placeOf(item)) ?? '0' }
  })
  return { remoteId: adjustments[0]?.id ?? null, result: { items: told } }
}
