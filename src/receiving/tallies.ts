import type { Head } from '../consignments/consignments.store.ts'
import type { Db } from '../db/database.ts'
import { conditionOf, fresh, subjectOf, type Tally } from './counting.rules.ts'
import { listExpected, listStored, sumSubjects, type SumRow } from './counts.store.ts'
import type { Stored } from './judging.rules.ts'
import { quantityIn } from './quantities.rules.ts'

type Subjects = readonly { productId: string | null; code: string | null }[]

/** What is known now of these products and codes; the document is locked, so nobody counts meanwhile. */
export async function readTallies(
  tx: Db,
  head: Head,
  deliveryId: string | null,
  subjects: Subjects,
): Promise<Map<string, Tally>> {
  const productIds = [...new Set(subjects.flatMap(({ productId }) => productId ?? []))]
  const codes = [...new Set(subjects.flatMap(({ productId, code }) => (productId === null ? (code ?? []) : [])))]
  const lines = await listExpected(tx, head, productIds)
  const sums = await sumSubjects(tx, { consignmentId: head.id, deliveryId }, { productIds, codes })
  const tallies = new Map<string, Tally>()
  for (const line of lines)
    tallies.set(subjectOf({ productId: line.product_id, code: null }), {
      ...fresh,
      lineId: line.id,
      isPlanned: line.is_planned,
      expected: quantityIn(line.expected),
    })
  for (const row of sums) {
    const subject = subjectOf({ productId: row.product_id, code: row.code })
    tallies.set(subject, withSum(tallies.get(subject) ?? fresh, row))
  }
  return tallies
}

function withSum(tally: Tally, { condition, counted, here }: SumRow): Tally {
  const of = conditionOf(condition)
  return {
    ...tally,
    counted: { ...tally.counted, [of]: quantityIn(counted) },
    here: { ...tally.here, [of]: quantityIn(here) },
  }
}

/** Of these ids, the scans that are kept already, whatever for. */
export async function readStored(tx: Db, ids: readonly string[]): Promise<Stored[]> {
  const rows = await listStored(tx, ids)
  return rows.map((row) => ({
    id: row.id,
    deliveryId: row.delivery_id,
    productId: row.product_id,
    code: row.code,
    quantity: quantityIn(row.quantity),
    units: quantityIn(row.units),
    condition: conditionOf(row.condition),
  }))
}
