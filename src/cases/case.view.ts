import type { Sight } from '../consignments/view.ts'
import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { lineTotal, moneyOf, readUnitCost } from '../kernel/money.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import type { CaseRow } from './cases.store.ts'

/** A case as the API shows it; its value is what the quantity costs, below zero where something is missing. */
export function caseView(row: CaseRow, sight: Sight) {
  return {
    id: row.id,
    consignmentId: row.consignment_id,
    number: row.number,
    type: row.type,
    status: row.status,
    outletId: row.outlet_id,
    sourceOutletId: row.source_outlet_id,
    supplierId: row.supplier_id,
    lineId: row.line_id,
    productId: row.product_id,
    sku: row.sku,
    name: row.variant_name ?? row.name,
    kind: row.kind,
    quantity: plain(row.quantity),
    openedQuantity: plain(row.opened_quantity),
    value: sight.seesCosts ? valueOf(row) : null,
    state: row.outcome === null ? ('open' as const) : ('settled' as const),
    owner: row.owner,
    ownerOutletId: row.owner_outlet_id,
    dueAt: row.due_at?.toISOString() ?? null,
    isOverdue: row.is_overdue,
    outcome: row.outcome,
    note: row.note,
    foundOutletId: row.found_outlet_id,
    stockWriteId: row.stock_write_id,
    reshipId: row.reship_id,
    noPhotoReason: row.no_photo_reason,
    openedBy: row.opened_by,
    openedAt: row.opened_at.toISOString(),
    settledBy: row.settled_by,
    settledAt: row.settled_at?.toISOString() ?? null,
    version: row.version,
  }
}

function valueOf({ quantity, unit_cost, currency }: CaseRow) {
  const cost = unit_cost === null ? undefined : readUnitCost(unit_cost)
  return cost && 'unitCost' in cost ? moneyOf(lineTotal(scaled(quantity), cost.unitCost), currency) : null
}

/** Below zero where something is missing. */
export function quantityOfCase({ quantity }: Pick<CaseRow, 'quantity'>): Quantity {
  return scaled(quantity)
}

export function sizeOf(quantity: Quantity): Quantity {
  return quantity < 0n ? -quantity : quantity
}

function plain(numeric: string): string {
  return sayDecimal(scaled(numeric), quantityPlaces)
}

function scaled(numeric: string): bigint {
  const value = readDecimal(numeric, quantityPlaces)
  if (value === undefined) throw new Error(`The database holds the quantity ${numeric}`)
  return value
}
