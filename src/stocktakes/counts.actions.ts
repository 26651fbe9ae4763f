import type { Context } from '../context.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import { pageOf } from '../kernel/page.ts'
import { plainQuantity } from './counting.rules.ts'
import { listCounts, listUndirected, readProgress, type CountRow } from './counts.store.ts'
import { mustBeCount } from './scoping.actions.ts'

type Asked = { after?: number | undefined; limit: number }

/** What was counted so far; never what was expected, so that a blind count stays one. */
export async function readCounts(context: Context, ref: string, { after = 0, limit }: Asked) {
  const { id } = await countOf(context, ref)
  const { db } = context.database
  const [progress, undirected, rows] = await Promise.all([
    readProgress(db, id),
    listUndirected(db, id),
    listCounts(db, id, { after, limit, onlyOpen: false }),
  ])
  const found = undirected.map(({ counted, ...one }) => Object.assign(one, { counted: plainQuantity(counted) }))
  return { progress, undirected: found, ...pageOf(rows, limit, { view: countView, after: placeOf }) }
}

/** Lines that nobody has counted, and of which nobody has said what becomes of them. */
export async function readUncounted(context: Context, ref: string, { after = 0, limit }: Asked) {
  const { id } = await countOf(context, ref)
  const { db } = context.database
  const [progress, rows] = await Promise.all([
    readProgress(db, id),
    listCounts(db, id, { after, limit, onlyOpen: true }),
  ])
  return { progress, ...pageOf(rows, limit, { view: openView, after: placeOf }) }
}

/** The head of a count. Throws a Refusal (404) for an unknown document, (422) for one of another type. */
export async function countOf(context: Context, ref: string) {
  const head = await knownHead(context, ref)
  mustBeCount(head)
  return head
}

const placeOf = ({ position }: CountRow) => String(position)

function openView({ lineId, position, productId, sku, name }: CountRow) {
  return { lineId, position, productId, sku, name }
}

function countView(row: CountRow) {
  return {
    ...openView(row),
    counted: row.counted === null ? null : plainQuantity(row.counted),
    counters: row.counters,
    countedAt: row.countedAt?.toISOString() ?? null,
    decision: row.decision,
  }
}
