import type { Head } from '../consignments/consignments.store.ts'
import type { Db } from '../db/database.ts'
import { readDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import { quantityOf } from './counting.rules.ts'
import { listFindingRows, type FindingRow } from './findings.store.ts'
import { onHandAt, type Sale } from './on-hand.rules.ts'
import { listSold, listSurroundings, type Moment, type Surroundings } from './on-hand.store.ts'
import type { Basis, Finding } from './variance.rules.ts'

/** A finding with what shows which product it is, who counted it, and what is on hand now. */
export type Found = Finding & { sku: string | null; name: string | null; counters: string[]; onHand: bigint }

/** What was found of each line, and what was on hand then. Lines that nobody counted nor decided about are `undecided`. */
export async function readFindings(db: Db, head: Head): Promise<{ findings: Found[]; undecided: number }> {
  const rows = await listFindingRows(db, head.id)
  const based = rows.flatMap((row) => {
    const basis = basisOf(row)
    return basis === undefined ? [] : [{ row, basis, ...lookOf(row, basis, head) }]
  })
  const moments = based.flatMap(({ row: { productId }, from, at }) => [
    { productId, at },
    { productId, at: from },
  ])
  const levels = await readLevels(db, head.outlet_id, moments)
  const findings = based.map(({ row, basis, counted, at }, place) => {
    const [last, first] = [levels[2 * place], levels[2 * place + 1]]
    if (!last || !first) throw new Error(`There is no level of ${row.productId}`)
    return {
      lineId: row.lineId,
      productId: row.productId,
      sku: row.sku,
      name: row.name,
      counters: row.counters,
      basis,
      counted,
      at: basis === 'leave' ? null : at,
      expected: last.was,
      movedMeanwhile: last.was - first.was,
      onHand: last.now,
      unitCost: row.unitCost === null ? null : costIn(row.unitCost),
    }
  })
  return { findings, undecided: rows.length - based.length }
}

function basisOf({ recounted, received, decision }: FindingRow): Basis | undefined {
  if (recounted !== null) return 'recounted'
  if (received !== null) return 'counted'
  return decision === 'zero' || decision === 'leave' ? decision : undefined
}

/** When a line was looked at, from the first count to the last, and what was found. */
function lookOf(row: FindingRow, basis: Basis, { status_since }: Head) {
  const decidedAt = row.decidedAt ?? status_since
  if (basis === 'zero') return { counted: 0n, at: decidedAt, from: decidedAt }
  if (basis === 'leave') return { counted: null, at: decidedAt, from: decidedAt }
  const again = row.recountedAt ?? status_since
  if (basis === 'recounted') return { counted: quantityOf(row.recounted ?? '0'), at: again, from: again }
  const at = row.lastAt ?? status_since
  return { counted: quantityOf(row.received ?? '0'), at, from: row.firstAt ?? at }
}

type Level = { was: bigint; now: bigint }

/** How long before a change was seen it may have happened. */
const latestSeenMs = 24 * 3_600_000

async function readLevels(db: Db, outletId: string, moments: readonly Moment[]): Promise<Level[]> {
  const around = await listSurroundings(db, outletId, moments)
  const sales = await salesAround(db, outletId, moments)
  return around.map((surroundings, place) => levelAt(surroundings, moments[place], sales))
}

function levelAt({ level, next }: Surroundings, moment: Moment | undefined, sales: Map<string, Sale[]>): Level {
  if (!moment) throw new Error('There is a level without its moment')
  const change = next && { before: quantityOf(next.before), after: quantityOf(next.after), at: next.at }
  const sold = sales.get(moment.productId) ?? []
  const now = quantityOf(level)
  return { was: onHandAt(moment.at, { level: now, next: change, sales: sold }), now }
}

async function salesAround(db: Db, outletId: string, moments: readonly Moment[]): Promise<Map<string, Sale[]>> {
  const earliest = Math.min(...moments.map(({ at }) => at.getTime()))
  if (moments.length === 0) return new Map()
  const productIds = [...new Set(moments.map(({ productId }) => productId))]
  const rows = await listSold(db, outletId, { productIds, since: new Date(earliest - latestSeenMs) })
  const groups = Map.groupBy(rows, ({ productId }) => productId)
  return new Map(
    [...groups].map(([id, those]) => [id, those.map(({ at, quantity }) => ({ at, quantity: quantityOf(quantity) }))]),
  )
}

function costIn(numeric: string): bigint {
  const cost = readDecimal(numeric, quantityPlaces)
  if (cost !== undefined) return cost
  throw new Error(`The database holds the cost ${numeric}`)
}
