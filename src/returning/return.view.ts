import type { Head } from '../consignments/consignments.store.ts'
import { statusLabel } from '../consignments/lifecycle.rules.ts'
import type { Sight } from '../consignments/view.ts'
import { readDecimal } from '../kernel/decimal.ts'
import { lineTotal, moneyOf, readUnitCost, type Cents } from '../kernel/money.ts'
import type { readReturn } from './credits.store.ts'
import { plain, scaled } from './returns.store.ts'

type Stored = Awaited<ReturnType<typeof readReturn>>
type Line = Stored['lines'][number]

/**
 * What goes back, why, under which number of the supplier's, and what he gives for it. Expected is what the goods cost when
 * they came; `difference` is what came less that, below zero where credit is missing.
 */
export function returnView(head: Head, { own, credits, lines }: Stored, { seesCosts }: Sight) {
  const wasPacked = lines.some(({ packed }) => scaled(packed) > 0n)
  const leaving = (line: Line) => scaled(wasPacked ? line.packed : line.quantity)
  const expected = lines.reduce((sum, line) => sum + valueOf(line, leaving(line)), 0n)
  const credited = credits.reduce((sum, { amount }) => sum + centsOf(amount), 0n)
  const money = (cents: Cents) => (seesCosts ? moneyOf(cents, head.currency) : null)
  return {
    id: head.id,
    number: head.number,
    status: head.status,
    statusLabel: statusLabel(head.type, head.status),
    version: head.version,
    supplierId: head.supplier_id,
    returnsFrom: head.parent_id,
    rma: own?.rma ?? null,
    lines: lines.map((line) => ({
      lineId: line.id,
      productId: line.product_id,
      sku: line.sku,
      quantity: plain(leaving(line)),
      reason: line.reason,
      sourceLineId: line.source_line_id,
      caseId: line.case_id,
      quarantined: line.quarantined === null ? '0' : plain(scaled(line.quarantined)),
    })),
    creditExpected: money(expected),
    credited: money(credited),
    difference: money(credited - expected),
    credits: credits.map((one) => ({
      reference: one.reference,
      amount: money(centsOf(one.amount)),
      at: one.credited_at.toISOString(),
      actor: one.actor,
    })),
    noCreditReason: own?.no_credit_reason ?? null,
  }
}

function valueOf({ unit_cost }: Line, quantity: bigint): Cents {
  const cost = unit_cost === null ? undefined : readUnitCost(unit_cost)
  return cost && 'unitCost' in cost ? lineTotal(quantity, cost.unitCost) : 0n
}

function centsOf(numeric: string): Cents {
  const cents = readDecimal(numeric, 2)
  if (cents === undefined) throw new Error(`The database holds the amount ${numeric}`)
  return cents
}
