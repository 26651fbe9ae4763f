import { record } from '../audit/audit.store.ts'
import { must, mustAt, outletsOf, type Context } from '../context.ts'
import { listPlaces } from '../consignments/catalogue.store.ts'
import type { Db } from '../db/database.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { hasProduct } from '../products/products.store.ts'
import { deleteFlag, listFlags, saveFlag, type Flag, type FlagRow } from './flagging.store.ts'
import { unknownOutlet } from './outlets.ts'

const mostFlags = 500

/** What somebody wants counted soon. */
export async function readFlags({ database: { db }, actor }: Context, outletId: string | null) {
  must(actor, 'consignments:read')
  const places = outletsOf(actor, 'consignments:read')
  const flags = await listFlags(db, outletId, mostFlags)
  const shown = flags.filter((flag) => flag.outletId === null || (places?.includes(flag.outletId) ?? true))
  return { data: shown.map(flagView) }
}

/** Puts a product on the next daily list of an outlet, or of all. Throws a Refusal (404) for what nobody knows. */
export async function flagProduct(context: Context, flag: Flag, { dryRun }: { dryRun: boolean }) {
  mayFlag(context, flag.outletId)
  return doing(context, dryRun, async (tx) => {
    if (!(await hasProduct(tx, flag.productId)))
      throw new Refusal('not_found', 'product_unknown', `There is no product ${flag.productId} in the mirror`)
    if (flag.outletId !== null && (await listPlaces(tx, [flag.outletId])).length === 0)
      throw unknownOutlet(flag.outletId)
    await saveFlag(tx, flag, context.actor.id)
    await noteFlag(tx, context, { action: 'count_flag.set', before: null, after: flag })
    return { dryRun, isFlagged: true, productId: flag.productId, outletId: flag.outletId }
  })
}

/** Takes it from the next list again; what is not flagged stays so. */
export async function unflagProduct(
  context: Context,
  { productId, outletId }: Omit<Flag, 'reason'>,
  { dryRun }: { dryRun: boolean },
) {
  mayFlag(context, outletId)
  return doing(context, dryRun, async (tx) => {
    const before = { productId, outletId }
    if (await deleteFlag(tx, before)) await noteFlag(tx, context, { action: 'count_flag.removed', before, after: null })
    return { dryRun, isFlagged: false, productId, outletId }
  })
}

function mayFlag({ actor }: Context, outletId: string | null) {
  mustAt(actor, 'consignments:receive', outletId === null ? [] : [outletId])
}

function doing<T>({ database }: Context, dryRun: boolean, work: (tx: Db) => Promise<T>): Promise<T> {
  return (dryRun ? rehearse : inTransaction)(database, ({ db: tx }) => work(tx))
}

type Noted = { action: string; before: Omit<Flag, 'reason'> | null; after: Omit<Flag, 'reason'> | null }

async function noteFlag(tx: Db, { actor, correlationId }: Context, { action, before, after }: Noted) {
  const entityId = (before ?? after)?.productId ?? ''
  await record(tx, { entity: 'product', entityId, actor: actor.id, correlationId, action, before, after })
}

function flagView({ flaggedAt, ...row }: FlagRow) {
  return { ...row, flaggedAt: flaggedAt.toISOString() }
}
