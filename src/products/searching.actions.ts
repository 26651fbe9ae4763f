import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { productView } from './product.view.ts'
import { listProductRows } from './products.store.ts'
import { patternsOf } from './searching.rules.ts'
import { findAlike, findByWords, listByName, type Search } from './searching.store.ts'

/** What a search needs to know of who asks. */
type Asking = Pick<Context, 'database' | 'actor'>

type Query = { q: string; outletId: string | null; supplierId: string | null; after: number; limit: number }

/** Products by name, SKU, supplier's code or any barcode, best first; with `outletId` what is kept there, and how many. */
export async function searchProducts({ database, actor }: Asking, query: Query) {
  must(actor, 'products:read')
  const { q, outletId, supplierId, after, limit } = query
  const search = { q: q.trim(), patterns: patternsOf(q), outletId, supplierId }
  const ids = await inTransaction(database, ({ db }) => bestFirst(db, search, after + limit))
  const page = ids.slice(after, after + limit)
  const rows = await listProductRows(database.db, page, outletId)
  return { data: rows.map(productView), next: ids.length > after + limit ? String(after + limit) : null }
}

/** Spelling is only doubted where the words themselves lead to little, and to no code. */
async function bestFirst(db: Db, search: Search, enough: number): Promise<string[]> {
  if (search.q === '') return (await listByName(db, search)).map(({ id }) => id)
  const found = await findByWords(db, search)
  const ids = found.map(({ id }) => id)
  if (ids.length > enough || found[0]?.tier === 1) return ids
  const alike = await findAlike(db, search)
  return [...new Set([...ids, ...alike.map(({ id }) => id)])]
}
