import type { Status, Type } from '../consignments/lifecycle.rules.ts'
import { readDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import { remoteStatuses, remoteStatusOf, remoteTypes } from '../lightspeed/status-map.rules.ts'
import { laterLine, statusOfLeg, type Part } from './leg.rules.ts'
import type { Header, Wanted, WantedLine } from './sides.rules.ts'

/** A document of ours as it is stored; decimals as text. */
export type Document = {
  type: Type
  status: Status
  number: string
  outlet_id: string
  source_outlet_id: string | null
  supplier_id: string | null
  note: string | null
  due_at: Date | null
  shipped_at: Date | null
}

export type DocumentLine = {
  product_id: string
  quantity: string
  packed: string
  received: string | null
  damaged: string
  unit_cost: string | null
  /** Of what goes back to a supplier: so much came and never went into stock. */
  quarantined?: string | null
}

/** What Lightspeed should have of one leg of a document. */
export function wantedOf(document: Document, lines: readonly DocumentLine[], part: Part): Wanted {
  const { token, thereStatus, later } = part
  const { type, status } = document
  const usual = remoteStatusOf(type, status, { isShipped: document.shipped_at !== null })
  const isAsGood = thereStatus !== null && remoteStatuses[type][status]?.includes(thereStatus) === true
  const whole = lines.map((line) => wantedLine(document, line, isPacked(document, lines)))
  const wanted = later ? whole.map((line) => laterLine(type, line, later)) : whole
  const known = isAsGood ? thereStatus : usual
  return {
    header: headerOf(document, token),
    status: isOutsideStock(type, wanted, lines) ? null : statusOfLeg(document, wanted, { part, usual: known }),
    lines: wanted,
  }
}

/** Our token stands where Lightspeed shows it: an order's number, or the beginning of the name of anything else. */
export function headerOf(document: Document, token: string): Header {
  const isOrder = document.type === 'PURCHASE_ORDER'
  const note = document.note?.trim().slice(0, longestNote) ?? ''
  return {
    type: remoteTypes[document.type],
    outletId: document.outlet_id,
    sourceOutletId: document.source_outlet_id,
    supplierId: document.supplier_id,
    name: isOrder ? note || document.number : [token, note].filter(Boolean).join(' '),
    reference: isOrder ? token : null,
    dueAt: document.due_at?.toISOString() ?? null,
  }
}

const longestNote = 200

/** What stands in the name of Lightspeed beside our own mark. */
export function noteIn({ number }: Pick<Document, 'number'>, name: string, token: string): string | null {
  const said = name === token || name.startsWith(`${token} `) ? name.slice(token.length) : name
  return said.trim() === '' || said === number ? null : said.trim()
}

/** Whether a record of Lightspeed carries the token. */
export function carriesToken(header: Pick<Header, 'type' | 'name' | 'reference'>, token: string): boolean {
  if (header.type === 'SUPPLIER') return header.reference === token
  return header.name === token || header.name.startsWith(`${token} `)
}

const countsWhatCame: ReadonlySet<Status> = new Set(['RECEIVING', 'PARTIAL', 'RECEIVED', 'CLOSED', 'ARCHIVED'])
const isBeforePacking: ReadonlySet<Status> = new Set(['DRAFT', 'OPEN', 'PACKING'])

/** What was packed is what leaves, once packing is over and if anybody packed at all. */
function isPacked({ type, status }: Document, lines: readonly DocumentLine[]): boolean {
  const packs = type === 'OUTLET_TRANSFER' || type === 'SUPPLIER_RETURN'
  return packs && !isBeforePacking.has(status) && lines.some(({ packed }) => scaled(packed) > 0n)
}

/** What never went into stock is not taken out of it. */
function leavingStock(count: bigint, quarantined: bigint): bigint {
  return count > quarantined ? count - quarantined : 0n
}

/** A return of which nothing was ever in stock is none of Lightspeed's business. */
function isOutsideStock(type: Type, lines: readonly WantedLine[], given: readonly DocumentLine[]): boolean {
  const wasAside = given.some(({ quarantined }) => scaled(quarantined ?? '0') > 0n)
  return type === 'SUPPLIER_RETURN' && wasAside && lines.every(({ count }) => count === 0n)
}

/** What goes into stock of what came: what is damaged does not. */
function wantedLine({ type, status }: Document, line: DocumentLine, isPackedNow: boolean): WantedLine {
  const comes = countsWhatCame.has(status) && type !== 'SUPPLIER_RETURN' && line.received !== null
  return {
    productId: line.product_id,
    count: leavingStock(scaled(isPackedNow ? line.packed : line.quantity), scaled(line.quarantined ?? '0')),
    received: comes && line.received !== null ? scaled(line.received) - scaled(line.damaged) : null,
    cost: line.unit_cost === null || type === 'OUTLET_TRANSFER' ? null : scaled(line.unit_cost),
  }
}

function scaled(numeric: string): bigint {
  const value = readDecimal(numeric, quantityPlaces)
  if (value !== undefined) return value
  throw new Error(`The database holds the amount ${numeric}`)
}
