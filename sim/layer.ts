import { openOverlay } from './overlay.ts'
import type { Collection, Page, Row, Seed } from './store.ts'

/** One collection: the seeded rows with the changed ones laid over them. */
export type Layer = {
  get(id: string): Row | undefined
  put(row: Row): void
  list(page: Page): Row[]
  size(): number
}

/** By whose id else a row is found: what holds it, or what it holds. */
const parents: { [collection in Collection]?: (row: Row) => unknown[] } = {
  consignment_products: (row) => [row['consignment_id']],
  inventory: (row) => [row['product_id']],
  products: (row) => idsIn(row['images']),
  sales: (row) => idsIn(row['payments']),
}

const idsIn = (list: unknown): unknown[] => (Array.isArray(list) ? list.map((item: { id?: unknown }) => item.id) : [])

export function openLayer(seed: Seed, collection: Collection): Layer {
  const count = seed.count(collection)
  const overlay = openOverlay((row) => parents[collection]?.(row).filter((id) => typeof id === 'string') ?? [])
  const covered = new Set<number>()

  function* seeded(indexes: Iterable<number>): Generator<Row> {
    for (const index of indexes) if (!covered.has(index)) yield seed.row(collection, index)
  }

  function* rows({ after, of }: Page): Generator<Row> {
    if (of === undefined) {
      yield* seeded(range(seed.indexAfter(collection, after), count))
      yield* overlay.above(after)
      return
    }
    for (const row of seeded(seed.children(collection, of))) if (row.version > after) yield row
    for (const row of overlay.childrenOf(of)) if (row.version > after) yield row
  }

  return {
    get(id) {
      const changed = overlay.get(id)
      if (changed) return changed
      const index = seed.indexOf(collection, id)
      return index === undefined ? undefined : seed.row(collection, index)
    },
    put(row) {
      const index = seed.indexOf(collection, row.id)
      if (index !== undefined) covered.add(index)
      overlay.put(row)
    },
    list: (page) => chosen(rows(page), page),
    size: () => count + overlay.size() - covered.size,
  }
}

/** Whether the row is a tombstone. */
export const isDeleted = (row: { [field: string]: unknown }): boolean =>
  row['deleted_at'] !== undefined && row['deleted_at'] !== null

function chosen(rows: Iterable<Row>, { before = Infinity, limit, deleted, where }: Page): Row[] {
  const found: Row[] = []
  for (const row of rows) {
    if (found.length >= limit || row.version >= before) break
    if ((deleted || !isDeleted(row)) && (where?.(row) ?? true)) found.push(row)
  }
  return found
}

function* range(from: number, to: number): Generator<number> {
  for (let index = from; index < to; index++) yield index
}
