import { z } from 'zod'
import { giveUp } from '../jobs/handler.ts'
import { askOnce, waitForLate } from '../writes/once.jobs.ts'
import { saveAnswered } from '../writes/writes.store.ts'
import type { Desk, Done } from '../writes/deed.ts'
import { amountOf, changeOf, placeOf, sayAmount, type Item } from './adjusting.rules.ts'
import { levelRequest } from './adjusting-request.rules.ts'
import { readLevels } from './stock.remote.ts'

/** How many items are done, and of the next one what lay there before, and what was asked for. */
const memoShape = z.object({
  way: z.literal('levels'),
  done: z.number(),
  current: z.object({ before: z.string(), wanted: z.string() }).nullable(),
})

type Memo = z.infer<typeof memoShape>

const start: Memo = { way: 'levels', done: 0, current: null }

/**
 * Where Lightspeed knows no adjustments, a level can only be set. JUDGMENT: what is sold between the look and the write is
 * lost there, so they follow each other at once, one place at a time, and a write is never repeated without a look: what then
 * is neither the old level nor the new one cannot be told, and is given to a person.
 */
export async function setLevels(desk: Desk, items: readonly Item[]): Promise<Done> {
  let memo = memoShape.safeParse(desk.write.memo).data ?? start
  const begun = desk.write.asked_at === null ? undefined : memo.done
  const told: object[] = []
  for (const [at, item] of items.entries()) {
    if (at >= memo.done) memo = await setLevel(desk, item, { memo, isAsked: at === begun })
    const level = (await readLevels(desk, [item])).get(placeOf(item)) ?? '0'
    told.push({ productId: item.productId, outletId: item.outletId, by: null, reason: null, adjustmentId: null, level })
  }
  return { remoteId: null, result: { items: told } }
}

async function setLevel(desk: Desk, item: Item, { memo, isAsked }: { memo: Memo; isAsked: boolean }): Promise<Memo> {
  const { db } = desk.context.database
  const after: Memo = { ...memo, done: memo.done + 1, current: null }
  const level = (await readLevels(desk, [item])).get(placeOf(item)) ?? '0'
  if (isAsked && memo.current) {
    if (level === memo.current.wanted) {
      await saveAnswered(db, desk.write.id, { remoteId: null, memo: after })
      return after
    }
    if (level !== memo.current.before) giveUp(untellable(item, memo.current, level))
    await waitForLate(desk)
  }
  const change = changeOf(item, amountOf(level))
  if (change === 0n) return after
  const wanted = sayAmount(amountOf(level) + change)
  await askOnce(desk, levelRequest(item.productId, item.outletId, wanted), {
    ...memo,
    current: { before: level, wanted },
  })
  await saveAnswered(db, desk.write.id, { remoteId: null, memo: after })
  return after
}

function untellable({ productId, outletId }: Item, { before, wanted }: NonNullable<Memo['current']>, level: string) {
  return (
    `Nobody read what Lightspeed answered when the stock of ${productId} at ${outletId} was set from ${before} to ${wanted}; ` +
    `it says ${level} now, so something else has moved it as well. Count it, and adjust what is missing`
  )
}
