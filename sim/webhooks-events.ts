import type { Fields } from './body.ts'
import { idIn } from './consignments-rows.ts'
import type { SimContext } from './context.ts'
import type { Change, Row } from './store.ts'
import {
  closurePayload,
  consignmentPayload,
  customerPayload,
  inventoryPayload,
  linePayload,
  productPayload,
  salePayload,
} from './webhooks-payloads.ts'

export const webhookTypes = [
  'sale.update',
  'product.update',
  'customer.update',
  'inventory.update',
  'register_closure.create',
  'consignment.send',
  'consignment.receive',
] as const
export type WebhookType = (typeof webhookTypes)[number]

export const isWebhookType = (value: unknown): value is WebhookType => webhookTypes.some((type) => type === value)

/** Something that webhooks tell of. The payload is made only when somebody listens. */
export type Event = { type: WebhookType; payload: () => Fields }

/** What a changed row is to webhooks: one event or none. */
export function eventsOf(context: SimContext, change: Change): Event[] {
  const { collection, row, before } = change
  if (collection === 'sales') return [{ type: 'sale.update', payload: () => salePayload(context, row) }]
  if (collection === 'products') return [{ type: 'product.update', payload: () => productPayload(context, row) }]
  if (collection === 'customers') return [{ type: 'customer.update', payload: () => customerPayload(context, row) }]
  if (collection === 'inventory') return isTracked(context, row) ? [inventoryEvent(context, row)] : []
  if (collection === 'register_closures' && !before) {
    return [{ type: 'register_closure.create', payload: () => closurePayload(context, row) }]
  }
  if (collection === 'consignment_products') return lineEvents(context, row, before)
  if (collection === 'consignments') return consignmentEvents(context, row, before)
  return []
}

const inventoryEvent = (context: SimContext, row: Row): Event => ({
  type: 'inventory.update',
  payload: () => inventoryPayload(context, row),
})

const isTracked = ({ store }: SimContext, inventory: Row): boolean =>
  store.get('products', idIn(inventory, 'product_id'))?.['has_inventory'] === true

const receipts = new Set(['RECEIVE_SUCCESS', 'STOCKTAKE_SUCCESS'])

/** Only transfers tell that they were sent; orders, transfers and counts that they were received. */
function lineEvents(context: SimContext, row: Row, before: Row | undefined): Event[] {
  if (context.judgments.consignmentEventsPer !== 'line' || before?.['status'] === row['status']) return []
  const consignment = context.store.get('consignments', idIn(row, 'consignment_id'))
  const payload = () => linePayload(context, row)
  if (receipts.has(String(row['status']))) return [{ type: 'consignment.receive', payload }]
  const sent = row['status'] === 'SENT_SUCCESS' && before?.['status'] === 'PENDING'
  return sent && consignment?.['type'] === 'OUTLET' ? [{ type: 'consignment.send', payload }] : []
}

function consignmentEvents(context: SimContext, row: Row, before: Row | undefined): Event[] {
  if (context.judgments.consignmentEventsPer !== 'consignment' || before?.['status'] === row['status']) return []
  const payload = () => consignmentPayload(row)
  if (row['status'] === 'RECEIVED' || row['status'] === 'STOCKTAKE_COMPLETE') {
    return [{ type: 'consignment.receive', payload }]
  }
  return row['status'] === 'SENT' && row['type'] === 'OUTLET' ? [{ type: 'consignment.send', payload }] : []
}
