import { sql } from 'kysely'
import type { Sim } from '#sim/server.ts'
import type { Db } from '#src/db/database.ts'

/** Collections of Lightspeed that are walked by version, and their tables. */
const tables = [
  ['outlets', 'outlet'],
  ['registers', 'register'],
  ['users', 'user'],
  ['taxes', 'tax'],
  ['payment_types', 'payment_type'],
  ['brands', 'brand'],
  ['suppliers', 'supplier'],
  ['product_types', 'product_type'],
  ['tags', 'tag'],
  ['customer_groups', 'customer_group'],
  ['price_books', 'price_book'],
  ['products', 'product'],
  ['inventory', 'inventory'],
  ['customers', 'customer'],
  ['price_book_products', 'price_book_product'],
  ['sales', 'sale'],
  ['consignments', 'consignment'],
] as const

type Fact = { id: string; version: number; isDeleted: boolean }

/** What Lightspeed holds, a line a collection: how many rows, and a sum over their ids, versions and deletions. */
export function truthOf({ store }: Sim): string[] {
  return tables.map(([collection]) => {
    const rows = store.list(collection, { after: 0, limit: 10_000_000, deleted: true })
    return summary(
      collection,
      rows.map(({ id, version, deleted_at }) => ({ id, version, isDeleted: Boolean(deleted_at) })),
    )
  })
}

/** The same of the mirror: equal to the truth, or the mirror is not true. */
export async function mirrorOf(db: Db): Promise<string[]> {
  const summaries = tables.map(async ([collection, table]) => {
    const { rows } = await sql<Fact>`
      select id, version, deleted_at is not null as "isDeleted" from mirror.${sql.table(table)}`.execute(db)
    return summary(collection, rows)
  })
  return Promise.all(summaries)
}

function summary(collection: string, facts: Fact[]): string {
  const sum = facts.reduce(
    (total, { id, version, isDeleted }) => (total + hash(`${id} ${version} ${isDeleted}`)) % 2 ** 48,
    0,
  )
  return `${collection}: ${facts.length} rows, sum ${sum}`
}

function hash(text: string): number {
  let value = 7
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) % 2 ** 44
  return value
}
