import { knownHead } from '../consignments/reading.actions.ts'
import { must, type Context } from '../context.ts'
import { Refusal } from '../kernel/refusal.ts'
import { listStock } from './availability.store.ts'
import { listWanted } from './wanted.store.ts'
import { shortOf } from './short.rules.ts'
import { sourceOf } from './source.rules.ts'

/** What is available of some products at an outlet. */
export async function readAvailability(
  { database: { db }, actor }: Context,
  { outletId, productIds }: { outletId: string; productIds: readonly string[] },
) {
  must(actor, 'consignments:read')
  return { outletId, data: await listStock(db, outletId, { productIds }), next: null }
}

/** What a document takes from its source, against what there is without it. Throws a Refusal (422) for one without a source. */
export async function checkStock(context: Context, ref: string) {
  const { db } = context.database
  const head = await knownHead(context, ref)
  const outletId = sourceOf(head)
  if (outletId === undefined || head.type === 'STOCKTAKE')
    throw new Refusal(
      'not_lawful',
      'source_missing',
      `${head.number} takes nothing from an outlet: there is no stock to check`,
    )
  const wanted = await listWanted(db, head)
  const productIds = wanted.map(({ productId }) => productId)
  const stock = new Map(
    (await listStock(db, outletId, { productIds, except: head.id })).map((one) => [one.productId, one]),
  )
  const data = wanted.flatMap((line) => {
    const there = stock.get(line.productId)
    return there ? [Object.assign(there, line, { short: shortOf(line.wanted, there.available) })] : []
  })
  return { outletId, data, next: null }
}
