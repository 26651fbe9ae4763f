import { isEnvelopeType, isLightspeedType, type EnvelopeType, type LightspeedType } from './types.rules.ts'

type Fields = Record<string, unknown>

/** A webhook as far as its meaning goes. */
export type Said = { door: 'lightspeed' | 'envelope' | 'courier'; type: string; isSigned: boolean; data: unknown }

/** A record, or a part of one, for the mirror; fields are named as API 2.0 names them. */
type Carried = {
  entity: string
  /** Value of the entity's key, or nothing where the sender does not know it. */
  id: string | undefined
  patch: Fields
  isTombstone: boolean
  /** Columns that do not stand in the record itself. */
  owned?: Record<string, string>
}

type Observed = { what: 'sent' | 'received'; consignmentId: string; data: Fields }

/** What a webhook asks of us: entities to look at again, a record to take over, something seen of a consignment. */
export type Meaning = { look: readonly string[]; carry?: Carried; observed?: Observed }

/** Anything unknown means nothing. What was not signed is only a reason to look. */
export function meaningOf({ door, type, isSigned, data }: Said): Meaning {
  const fields = isFields(data) ? data : {}
  if (door === 'lightspeed' && isLightspeedType(type)) {
    const meaning = meaningsOfLightspeed[type](fields)
    return isSigned ? meaning : { look: meaning.look }
  }
  if (door === 'envelope' && isEnvelopeType(type)) return meaningsOfEnvelopes[type](fields)
  return { look: [] }
}

const consignments = ['consignments', 'consignment-products']

/**
 * Payloads of Lightspeed have the shape of API 1.0. Products, sales and customers have other names, times and lists there
 * than in the mirror, so they only make us look, unless they say that the record is gone; levels of stock and closures
 * say all there is. A level without a version could be an old one that comes late.
 */
const meaningsOfLightspeed: Record<LightspeedType, (data: Fields) => Meaning> = {
  'sale.update': (data) => ({ look: ['sales'], ...carrying(goneOf('sales', data)) }),
  'product.update': (data) => ({ look: ['products'], ...carrying(goneOf('products', data)) }),
  'customer.update': (data) => ({ look: ['customers'], ...carrying(goneOf('customers', data)) }),
  'inventory.update': (data) => ({
    look: ['inventory'],
    ...carrying(data['version'] === undefined ? undefined : levelOf(data)),
  }),
  'register_closure.create': (data) => ({ look: ['registers', 'register-closures'], ...carrying(closureOf(data)) }),
  'consignment.send': (data) => ({ look: consignments, ...observing('sent', data) }),
  'consignment.receive': (data) => ({ look: consignments, ...observing('received', data) }),
}

const upsertOf =
  (entity: string, otherId: string) =>
  (data: Fields): Meaning => ({ look: [entity], ...carrying(recordOf(entity, data[otherId], data)) })

const upsertOfConsignment = (data: Fields): Meaning => ({
  look: consignments,
  ...carrying(recordOf('consignments', data['consignment_id'], data)),
})

const meaningsOfEnvelopes: Record<EnvelopeType, (data: Fields) => Meaning> = {
  'product.created': upsertOf('products', 'product_id'),
  'product.updated': upsertOf('products', 'product_id'),
  'product.deleted': (data) => ({
    look: ['products'],
    ...carrying(recordOf('products', data['product_id'], data, true)),
  }),
  'sale.created': upsertOf('sales', 'sale_id'),
  'sale.updated': upsertOf('sales', 'sale_id'),
  'customer.created': upsertOf('customers', 'customer_id'),
  'customer.updated': upsertOf('customers', 'customer_id'),
  'consignment.created': upsertOfConsignment,
  'consignment.updated': upsertOfConsignment,
  'consignment.sent': (data) => ({ look: consignments, ...observing('sent', data) }),
  'consignment.received': (data) => ({ look: consignments, ...observing('received', data) }),
  'inventory.updated': (data) => ({ look: ['inventory'], ...carrying(levelOf(data)) }),
}

function recordOf(entity: string, otherId: unknown, data: Fields, isTombstone = false): Carried | undefined {
  const id = textOf(data['id']) ?? textOf(otherId)
  return id === undefined ? undefined : { entity, id, patch: { ...data, id }, isTombstone }
}

/** That a record is gone can be told without the rest of it. */
function goneOf(entity: string, { id, version, deleted_at: deletedAt }: Fields): Carried | undefined {
  const key = textOf(id)
  if (key === undefined || version === undefined || !deletedAt) return undefined
  return { entity, id: key, patch: { id: key, version, deleted_at: deletedAt }, isTombstone: true }
}

const levelNames: Record<string, string> = {
  inventory_level: 'inventory_level',
  count: 'inventory_level',
  level: 'inventory_level',
  quantity: 'inventory_level',
  average_cost: 'average_cost',
  attributed_cost: 'average_cost',
  reorder_point: 'reorder_point',
  reorder_amount: 'reorder_amount',
  restock_level: 'reorder_amount',
  product_id: 'product_id',
  outlet_id: 'outlet_id',
  version: 'version',
  deleted_at: 'deleted_at',
}

/** The level of a product at an outlet, under the names of either API. Both of its amounts are one and the same. */
function levelOf(data: Fields): Carried | undefined {
  const named = Object.entries(levelNames).filter(([from]) => data[from] !== undefined)
  const patch: Fields = {}
  for (const [from, to] of named) patch[to] ??= data[from]
  const level = patch['inventory_level']
  if (level === undefined || level === null) return undefined
  const id = textOf(data['id'])
  if (id !== undefined) patch['id'] = id
  return { entity: 'inventory', id, patch: { ...patch, current_amount: level }, isTombstone: false }
}

/** A closure as `payments_summary` would tell it. JUDGMENT: no document shows the payload. */
function closureOf(data: Fields): Carried | undefined {
  const id = textOf(data['register_closure_id']) ?? textOf(data['id'])
  const registerId = textOf(data['register_id'])
  if (id === undefined || registerId === undefined) return undefined
  const told = ['register_closure_sequence_number', 'register_open_time', 'register_close_time', 'payments']
  const patch = Object.fromEntries(told.filter((name) => name in data).map((name) => [name, data[name]]))
  return {
    entity: 'register-closures',
    id,
    patch: { ...patch, register_closure_id: id },
    isTombstone: false,
    owned: { register_id: registerId },
  }
}

/** A line names its consignment; a consignment is its own. */
function observing(what: Observed['what'], data: Fields): { observed?: Observed } {
  const consignmentId = textOf(data['consignment_id']) ?? textOf(data['id'])
  return consignmentId === undefined ? {} : { observed: { what, consignmentId, data } }
}

const carrying = (carry: Carried | undefined) => (carry ? { carry } : {})

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
