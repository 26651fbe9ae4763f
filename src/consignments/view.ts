import { lineTotal, moneyOf, readUnitCost, sayUnitCost, type UnitCost } from '../kernel/money.ts'
import { readQuantity, sayQuantity } from '../kernel/quantity.ts'
import type { Head } from './consignments.store.ts'
import type { Facts, Step } from './lifecycle.rules.ts'
import { actLabel, statusLabel } from './lifecycle.rules.ts'
import type { LineRow } from './lines.store.ts'
import { stageOf } from './stage.rules.ts'
import { lawfulSteps, rankOf } from './transition.rules.ts'

/** Whether the one who looks may see what things cost. */
export type Sight = { seesCosts: boolean }

/** A document as the API shows it, with its lines and what may be done with it now. */
export function consignmentView(head: Head, facts: Facts, lines: readonly LineRow[], sight: Sight) {
  return {
    ...headView(head),
    lines: lines.map((line) =>
      lineView(line, { head, wasPacked: lines.some(({ packed }) => Number(packed) > 0) }, sight),
    ),
    totals: totalsOf(lines, head.currency, sight),
    allowed: lawfulSteps({ type: head.type, status: head.status, facts }).map(stepView),
  }
}

/** A document without its lines. */
export function headView(head: Head) {
  const { type, status, approval, link } = head
  const isOrder = type === 'PURCHASE_ORDER'
  return {
    id: head.id,
    number: head.number,
    type,
    status,
    statusLabel: statusLabel(type, status),
    stage: isOrder ? stageOf({ status, approval, link, isShipped: head.shipped_at !== null }) : null,
    approval,
    lightspeed: link,
    version: head.version,
    outletId: head.outlet_id,
    sourceOutletId: head.source_outlet_id,
    supplierId: head.supplier_id,
    reference: head.reference,
    note: head.note,
    dueAt: head.due_at?.toISOString() ?? null,
    currency: head.currency,
    parentId: head.parent_id,
    cancelReason: head.cancel_reason,
    createdBy: head.created_by,
    createdAt: head.created_at.toISOString(),
    updatedAt: head.updated_at.toISOString(),
    statusSince: head.status_since.toISOString(),
  }
}

export function stepView({ type, act, to }: Step) {
  return { act, to, label: actLabel(type, act) }
}

type Of = { head: Head; wasPacked: boolean }

function lineView(line: LineRow, of: Of, { seesCosts }: Sight) {
  const { currency } = of.head
  const cost = seesCosts ? costIn(line.unit_cost) : null
  return {
    id: line.id,
    position: line.position,
    productId: line.product_id,
    sku: line.sku,
    name: line.variant_name ?? line.name,
    supplierCode: line.supplier_code,
    origin: line.origin,
    quantity: plain(line.quantity),
    packed: plain(line.packed),
    received: line.received === null ? null : plain(line.received),
    damaged: plain(line.damaged),
    shortPacked: sayQuantity(shortPackedOf(line, of)),
    open: sayQuantity(openOf(line, of)),
    packSize: line.pack_size === null ? null : plain(line.pack_size),
    unitCost: cost === null ? null : { amount: sayUnitCost(cost), currency },
    total: cost === null ? null : moneyOf(lineTotal(quantityIn(line.quantity), cost), currency),
    decision: line.decision,
    reason: line.reason,
  }
}

/** What is still expected of a line: nothing any more once the document has all it gets. */
function openOf(line: LineRow, { head: { type, status }, wasPacked }: Of): bigint {
  const isMoving = type === 'PURCHASE_ORDER' || type === 'OUTLET_TRANSFER'
  if (!isMoving || status === 'CANCELLED' || rankOf(status) >= rankOf('RECEIVED')) return 0n
  const isSent = type === 'OUTLET_TRANSFER' && wasPacked && rankOf(status) >= rankOf('SENT')
  if (!isSent && line.origin !== 'planned') return 0n
  return aboveZero(quantityIn(isSent ? line.packed : line.quantity) - quantityIn(line.received ?? '0'))
}

/** What was planned and did not go into a box, once they are closed. */
function shortPackedOf({ quantity, packed }: LineRow, { head: { status }, wasPacked }: Of): bigint {
  const isClosed = wasPacked && status !== 'CANCELLED' && rankOf(status) >= rankOf('PACKAGED')
  return isClosed ? aboveZero(quantityIn(quantity) - quantityIn(packed)) : 0n
}

function aboveZero(quantity: bigint): bigint {
  return quantity > 0n ? quantity : 0n
}

function totalsOf(lines: readonly LineRow[], currency: string, { seesCosts }: Sight) {
  const quantity = lines.reduce((sum, line) => sum + quantityIn(line.quantity), 0n)
  const cost = lines.reduce((sum, line) => sum + lineTotal(quantityIn(line.quantity), costIn(line.unit_cost) ?? 0n), 0n)
  return { lines: lines.length, quantity: sayQuantity(quantity), cost: seesCosts ? moneyOf(cost, currency) : null }
}

function costIn(numeric: string | null): UnitCost | null {
  if (numeric === null) return null
  const read = readUnitCost(numeric)
  if ('unitCost' in read) return read.unitCost
  throw new Error(`The database holds the cost ${numeric}: ${read.wrong}`)
}

function plain(numeric: string): string {
  return sayQuantity(quantityIn(numeric))
}

function quantityIn(numeric: string): bigint {
  const read = readQuantity(numeric)
  if ('quantity' in read) return read.quantity
  throw new Error(`The database holds the quantity ${numeric}: ${read.wrong}`)
}
