import { must, mustAt, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { resolveCodes } from '../products/resolving.actions.ts'
import { wishFor } from '../writes/wishing.actions.ts'
import { rehearsal, wished } from '../writes/writes.view.ts'
import { amountOf, changeOf, placeOf, reasonFor, sayAmount, type Item } from './adjusting.rules.ts'
import { adjustRequest } from './adjusting-request.rules.ts'
import { listStock } from './inventory.store.ts'
import { readRows, type RawRow, type Row, type RowError } from './rows.rules.ts'

type Asked = { rows: readonly RawRow[]; reason: string | null; dryRun: boolean }

/**
 * Has stock changed in Lightspeed, row by row: by so many, or to so many. All rows are taken, or none: 422 `rows_not_valid`
 * says of each what is wrong.
 */
export async function adjustInventory(context: Context, { rows: raw, reason, dryRun }: Asked) {
  must(context.actor, 'inventory:adjust')
  const { db } = context.database
  const read = readRows(raw)
  if ('errors' in read) throw notValid(read.errors)
  mustAtAll(context, read.rows)
  const items = await itemsOf(db, read.rows, reason)
  const levels = await levelsOf(db, items)
  if (dryRun) return rehearsal(rehearsed(items, levels))
  const wish = { kind: 'inventory.adjust', subjects: items.map(placeOf), wish: { items }, reason } as const
  return inTransaction(context.database, async ({ db: tx }) => wished(await wishFor(tx, context, wish)))
}

function mustAtAll({ actor }: Context, rows: readonly Row[]) {
  for (const outletId of new Set(rows.map((row) => row.outletId))) mustAt(actor, 'inventory:adjust', [outletId])
}

async function itemsOf(db: Db, rows: readonly Row[], reason: string | null): Promise<Item[]> {
  const codes = rows.flatMap(({ product }) => ('code' in product ? [product.code] : []))
  const meant = await resolveCodes(db, codes)
  const errors: RowError[] = []
  const items = rows.flatMap((row, at): Item[] => {
    const found = 'id' in row.product ? { productId: row.product.id } : productOf(meant.get(row.product.code))
    if ('productId' in found) return [itemOf(row, found.productId, reason)]
    errors.push({ row: at + 1, field: 'code', message: found.wrong })
    return []
  })
  if (errors.length > 0) throw notValid(errors)
  mustDiffer(items)
  return items
}

function itemOf({ outletId, reason: own, ...row }: Row, productId: string, usual: string | null): Item {
  const place = { productId, outletId, reason: own ?? usual }
  return 'by' in row ? { ...place, by: row.by } : { ...place, to: row.to }
}

type Meaning = ReturnType<Awaited<ReturnType<typeof resolveCodes>>['get']>

function productOf(meant: Meaning): { productId: string } | { wrong: string } {
  if (meant?.kind === 'product') {
    const { productId, units } = meant
    return units === '1' ? { productId } : { wrong: `is a case of ${units}: name the piece` }
  }
  return { wrong: meant?.refusal.message ?? 'is unknown' }
}

/** Two rows about one place would be done in an order that nobody has said. */
function mustDiffer(items: readonly Item[]) {
  const first = new Map<string, number>()
  const errors = items.flatMap((item, at): RowError[] => {
    const before = first.get(placeOf(item))
    if (before === undefined) first.set(placeOf(item), at + 1)
    return before === undefined
      ? []
      : [{ row: at + 1, field: 'productId', message: `is in row ${before} already, at the same outlet` }]
  })
  if (errors.length > 0) throw notValid(errors)
}

async function levelsOf(db: Db, items: readonly Item[]): Promise<Map<string, string>> {
  const stock = await listStock(db, items)
  const errors = stock.flatMap(({ product_known: isProduct, outlet_known: isOutlet }, at): RowError[] => [
    ...(isProduct ? [] : [{ row: at + 1, field: 'productId', message: 'the mirror has no such product' }]),
    ...(isOutlet ? [] : [{ row: at + 1, field: 'outletId', message: 'the mirror has no such outlet' }]),
  ])
  if (errors.length > 0) throw notValid(errors)
  return new Map(items.map((item, at) => [placeOf(item), stock[at]?.level ?? '0']))
}

/** As the mirror knows the levels; when its turn comes, Lightspeed's own count. */
function rehearsed(items: readonly Item[], levels: ReadonlyMap<string, string>) {
  const adjustments = items.flatMap((item) => {
    const change = changeOf(item, amountOf(levels.get(placeOf(item)) ?? '0'))
    const { productId, outletId, reason } = item
    if (change === 0n) return []
    return [{ productId, outletId, quantity: sayAmount(change), reason: reasonFor(reason, change), id: null }]
  })
  return adjustments.length === 0 ? [] : [adjustRequest(adjustments)]
}

function notValid(errors: readonly RowError[]): Refusal {
  const said = errors.slice(0, 5).map(({ row, field, message }) => `row ${row}: ${field}: ${message}`)
  const more = errors.length > 5 ? `; and ${errors.length - 5} more` : ''
  const message = `Nothing was taken: ${said.join('; ')}${more}`
  return new Refusal('not_valid', 'rows_not_valid', message, { rows: errors.slice(0, 1000) })
}
