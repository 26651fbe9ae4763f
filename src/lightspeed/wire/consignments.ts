import { z } from 'zod'
import { boolean, decimal, integer, json, key, quantity, reference, text, timestamp, version } from './fields.ts'

/** A stock order, transfer, return or stocktake. Type and status are kept as sent: Lightspeed may add to both. */
export const consignment = z.object({
  id: key(),
  outlet_id: reference(),
  name: text(),
  consignment_date: timestamp(),
  due_at: timestamp(),
  received_at: timestamp(),
  type: text(),
  status: text(),
  supplier_id: reference(),
  source_outlet_id: reference(),
  supplier_invoice: text(),
  reference: text(),
  total_count_gain: decimal(),
  total_cost_gain: decimal(),
  total_count_loss: decimal(),
  total_cost_loss: decimal(),
  show_inactive: boolean(),
  product_count: integer(),
  filters: json(),
  created_at: timestamp(),
  updated_at: timestamp(),
  version: version(),
  deleted_at: timestamp(),
})

/** A line of a consignment. It has no id of its own, and the same product can stand in several. */
export const consignmentProduct = z.object({
  product_id: key(),
  product_sku: text(),
  count: quantity(),
  received: quantity(),
  cost: decimal(),
  is_included: boolean(),
  status: text(),
  created_at: timestamp(),
  updated_at: timestamp(),
  version: version(),
  deleted_at: timestamp(),
})
