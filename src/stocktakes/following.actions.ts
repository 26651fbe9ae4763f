import type { Taken } from '../consignments/consequences.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { countTouched, saveCounted } from './counts.store.ts'
import { deleteCountedFlags } from './flagging.store.ts'
import { freezeProducts, listUncountable, readStocktake, thawProducts } from './scope.store.ts'
import { findPosting } from './posting.store.ts'

/** What follows from a step of a count: its products are frozen, its counts written into its lines, its posting held back. */
export async function followCount(tx: Db, _: Context, { step, before }: Taken): Promise<void> {
  if (step.type !== 'STOCKTAKE') return
  const { id } = before
  if (step.act === 'open') await freeze(tx, before)
  if (step.act === 'redraft') await thawProducts(tx, id)
  if (step.act === 'complete') await takeOver(tx, before)
}

/** Asked before the step, as the database would refuse it too. Throws a Refusal (422) for a count that nobody accepted. */
export async function mustBeAccepted(db: Db, { id, number }: Taken['before'], { type, act }: Taken['step']) {
  if (type === 'STOCKTAKE' && act === 'close' && !(await findPosting(db, id))) throw notAccepted(number)
}

async function freeze(tx: Db, head: Taken['before']) {
  const [product] = await listUncountable(tx, head.id)
  if (product !== undefined)
    throw new Refusal(
      'not_lawful',
      'scope_not_countable',
      `${product} has no stock of its own, and cannot be counted: take it out`,
      { productId: product },
    )
  const lines = await freezeProducts(tx, head, await readStocktake(tx, head.id))
  if (lines > 0) return
  throw new Refusal(
    'not_lawful',
    'scope_empty',
    `${head.number} is about nothing: say what it is about, full or by filters, or add lines`,
  )
}

/** What was counted stands in the lines from now on. A count that nobody has touched goes no further. */
async function takeOver(tx: Db, { id, number, outlet_id: outletId }: Taken['before']) {
  await saveCounted(tx, id)
  await deleteCountedFlags(tx, id, outletId)
  if ((await countTouched(tx, id)) > 0) return
  throw new Refusal(
    'not_lawful',
    'count_untouched',
    `Nothing of ${number} was counted: posting it would say that all of it is gone. Count, or cancel it`,
  )
}

function notAccepted(number: string): Refusal {
  return new Refusal(
    'not_lawful',
    'count_not_accepted',
    `${number} is posted with the digest of a simulation that somebody has seen, and in no other way`,
  )
}
