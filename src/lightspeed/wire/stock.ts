import { z } from 'zod'
import { decimal, key, quantity, reference, timestamp, version } from './fields.ts'

/** The level of one product at one outlet; may be negative, and fractional. */
export const inventory = z.object({
  id: key(),
  product_id: reference(),
  outlet_id: reference(),
  inventory_level: quantity(),
  current_amount: quantity(),
  average_cost: decimal(),
  reorder_point: decimal(),
  reorder_amount: decimal(),
  version: version(),
  deleted_at: timestamp(),
})
