import type { Fields } from './body.ts'
import { filtersField, flagField, textField, timeField } from './consignments-fields.ts'
import { consignmentOf, hasLines, linesOf, amountIn, putConsignment, statusOf, typeOf } from './consignments-rows.ts'
import {
  isFinal,
  isStatusOf,
  isType,
  isUntouched,
  mayBeCreatedAs,
  mayBecome,
  type Type,
} from './consignments-statuses.ts'
import type { SimContext } from './context.ts'
import { isDeleted } from './layer.ts'
import { found, refused } from './refused.ts'
import { stamp } from './seed/time.ts'
import type { Row } from './store.ts'

/** Makes a consignment of a request, or refuses it. */
export function createConsignment(context: SimContext, body: Fields): Row {
  const { store, judgments } = context
  const type = typeIn(body)
  const status = textField(body, 'status') ?? (type === 'STOCKTAKE' ? judgments.newStocktakeStatus : 'OPEN')
  mustBeStatusOf(type, status)
  if (!mayBeCreatedAs(type, status, judgments))
    throw no(context, `A ${type} consignment cannot be created as ${status}`)
  const now = stamp(store.now())
  return store.put('consignments', {
    id: store.newId(),
    ...namesIn(context, body, type),
    type,
    status,
    ...details(body),
    consignment_date: timeField(body, 'consignment_date') ?? now,
    received_at: status === 'RECEIVED' ? now : undefined,
    show_inactive: flagField(body, 'show_inactive') ?? true,
    filters: withIds(context, type, body) ?? [],
    created_at: now,
    updated_at: now,
  })
}

/** Changes header and status as an update asks, or refuses it. */
export function updateConsignment(context: SimContext, id: string, body: Fields): Row {
  const { judgments } = context
  const before = found(consignmentOf(context, id), 'Consignment')
  const type = typeOf(before)
  const status = textField(body, 'status') ?? statusOf(before)
  mustBeEditable(context, before)
  if (judgments.updateNeedsWhole) mustBeWhole(body)
  const wished = body['type'] === undefined ? type : typeIn(body)
  if (wished !== type && (judgments.typesFixed || type === 'SUPPLIER' || statusOf(before) !== 'OPEN')) {
    throw no(context, `A ${type} consignment cannot become ${wished}`)
  }
  const names = partiesOf(context, before, { ...before, ...body }, wished)
  if (status !== statusOf(before)) mustBeLawful(context, before, status)
  const absent = judgments.absentOnUpdate === 'cleared' ? cleared : {}
  return putConsignment(context, {
    ...before,
    ...absent,
    ...names,
    type: wished,
    ...details(body),
    ...filtersAfter(context, before, body),
    ...(flagField(body, 'show_inactive') === undefined ? {} : { show_inactive: body['show_inactive'] }),
    status,
    received_at: receivedAt(context, before, status),
  })
}

/** A rule of Lightspeed says no. */
export const no = ({ judgments }: SimContext, message: string) => refused(judgments.refusalStatus, message)

function typeIn(body: Fields): Type {
  const type = body['type']
  if (isType(type)) return type
  throw refused(400, 'type must be one of SUPPLIER, OUTLET, STOCKTAKE, RETURN')
}

function mustBeStatusOf(type: Type, status: string): void {
  if (!isStatusOf(type, status)) throw refused(400, `${status} is not a status of a ${type} consignment`)
}

function mustBeWhole(body: Fields): void {
  for (const name of ['outlet_id', 'name', 'type']) {
    const value = textField(body, name)
    if (typeof value !== 'string' || (value === '' && name !== 'name')) throw refused(400, `${name} is required`)
  }
}

/** Name, outlets and supplier of a request, each of them known. */
function namesIn(context: SimContext, body: Fields, type: Type, before: Fields = {}): Fields {
  mustBeWhole(body)
  const named = (field: string, collection: 'outlets' | 'suppliers') => {
    const id = textField(body, field) || undefined
    return id === before[field] ? id : known(context, collection, id)
  }
  const outlet = named('outlet_id', 'outlets')
  const source = named('source_outlet_id', 'outlets')
  const supplier = named('supplier_id', 'suppliers')
  if (type === 'OUTLET' && source === undefined) throw no(context, 'A transfer needs a source_outlet_id')
  if (type === 'OUTLET' && source === outlet) throw no(context, 'A transfer needs two different outlets')
  if (type !== 'OUTLET' && source !== undefined) throw no(context, 'Only a transfer has a source_outlet_id')
  if ((type === 'OUTLET' || type === 'STOCKTAKE') && supplier !== undefined) {
    throw no(context, `A ${type} consignment has no supplier_id`)
  }
  return { outlet_id: outlet, source_outlet_id: source, supplier_id: supplier, name: textField(body, 'name') }
}

function partiesOf(context: SimContext, before: Row, body: Fields, type: Type): Fields {
  const names = namesIn(context, body, type, before)
  const moved = ['outlet_id', 'source_outlet_id', 'supplier_id'].find((field) => names[field] !== before[field])
  const fixed = context.judgments.partiesFixedOnceSent && !isUntouched(statusOf(before))
  if (moved !== undefined && fixed) throw no(context, `${moved} cannot be changed once it is ${statusOf(before)}`)
  return names
}

function known({ store, judgments }: SimContext, collection: 'outlets' | 'suppliers', id: string | undefined) {
  if (id === undefined) return undefined
  const row = store.get(collection, id)
  if (row && !isDeleted(row)) return row.id
  throw refused(judgments.unknownReferenceStatus, `There is no ${id} among the ${collection}`)
}

const cleared = { due_at: undefined, supplier_invoice: undefined, reference: undefined }

/** Fields that are only kept. */
function details(body: Fields): Fields {
  const given: Fields = {
    due_at: timeField(body, 'due_at'),
    supplier_invoice: textField(body, 'supplier_invoice'),
    reference: textField(body, 'reference'),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function withIds(context: SimContext, type: Type, body: Fields): Fields[] | undefined {
  const filters = filtersField(body)
  if (filters && filters.length > 0 && type !== 'STOCKTAKE') throw no(context, 'Only a count has filters')
  return filters?.map(({ type: kind, value }) => ({ id: context.store.newId(), type: kind, value }))
}

function filtersAfter(context: SimContext, before: Row, body: Fields): Fields {
  const wished = filtersField(body)
  if (wished === undefined || asText(wished) === asText(before['filters'])) return {}
  if (!isUntouched(statusOf(before))) throw no(context, 'The filters of a count cannot be changed once it has started')
  return { filters: withIds(context, typeOf(before), body) }
}

const asText = (filters: unknown): string =>
  JSON.stringify(filtersField({ filters })?.map(({ type, value }) => [type, value]) ?? [])

function mustBeEditable(context: SimContext, before: Row): void {
  const [type, status] = [typeOf(before), statusOf(before)]
  if (type === 'SUPPLIER' && isFinal(type, status)) throw no(context, `An order that is ${status} cannot be updated`)
  const closed = isFinal(type, status) && !(type === 'RETURN' && status === 'SENT')
  const cancellable = status === 'RECEIVED' && context.judgments.receivedTransferMayBeCancelled
  if (closed && !cancellable && !context.judgments.finishedHeadersEditable) {
    throw no(context, `A consignment that is ${status} cannot be updated`)
  }
}

function mustBeLawful(context: SimContext, before: Row, to: string): void {
  const { judgments } = context
  const [type, from] = [typeOf(before), statusOf(before)]
  mustBeStatusOf(type, to)
  if (!mayBecome({ type, from, to }, judgments))
    throw no(context, `A ${type} consignment cannot go from ${from} to ${to}`)
  const rests = type === 'SUPPLIER' || (type !== 'STOCKTAKE' && judgments.emptyTransfersStay)
  const leaves = to === 'CANCELLED' && judgments.emptyMayBeCancelled
  if (rests && !leaves && !hasLines(context, before.id)) {
    throw no(context, 'The status cannot be updated: there are no products in the consignment')
  }
  if (to === 'RECEIVED' && (type === 'SUPPLIER' || !judgments.emptyReceiptOfTransfer)) mustHaveReceived(context, before)
}

function mustHaveReceived(context: SimContext, { id }: Row): void {
  if (linesOf(context, id).some((line) => amountIn(line, 'received') !== 0)) return
  throw no(context, 'At least one product must have a received quantity before the consignment is RECEIVED')
}

function receivedAt({ store, judgments }: SimContext, before: Row, status: string): unknown {
  const now = status === 'RECEIVED' || (status === 'STOCKTAKE_COMPLETE' && judgments.stocktakeReceivedAt)
  return now && statusOf(before) !== status ? stamp(store.now()) : (before['received_at'] ?? undefined)
}

/** Makes a tombstone of a consignment and of its lines. */
export function deleteConsignment(context: SimContext, id: string): Row {
  const { store, judgments } = context
  const before = found(consignmentOf(context, id), 'Consignment')
  const status = statusOf(before)
  const open = isUntouched(status) || status === 'CANCELLED'
  const allowed = { any: true, unfinished: open || !isFinal(typeOf(before), status), open }[judgments.deletable]
  if (!allowed) throw no(context, `A consignment that is ${status} cannot be deleted`)
  const deletedAt = stamp(store.now())
  for (const line of linesOf(context, id)) store.put('consignment_products', { ...line, deleted_at: deletedAt })
  return putConsignment(context, { ...before, deleted_at: deletedAt })
}
