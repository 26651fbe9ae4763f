import { z } from 'zod'
import { boolean, integer, json, key, reference, text, timestamp, version } from './fields.ts'

/** `attributes` holds, among others, the counters and prefixes of order and return numbers. */
export const outlet = z.object({
  id: key(),
  name: text(),
  time_zone: text(),
  default_tax_id: reference(),
  currency: text(),
  currency_symbol: text(),
  display_prices: text(),
  email: text(),
  physical_address_1: text(),
  physical_address_2: text(),
  physical_suburb: text(),
  physical_city: text(),
  physical_postcode: text(),
  physical_state: text(),
  physical_country_id: text(),
  attributes: json(),
  version: version(),
  deleted_at: timestamp(),
})

export const register = z.object({
  id: key(),
  name: text(),
  outlet_id: reference(),
  ask_for_note_on_save: integer(),
  print_note_on_receipt: boolean(),
  ask_for_user_on_sale: boolean(),
  show_discounts_on_receipts: boolean(),
  print_receipt: boolean(),
  email_receipt: boolean(),
  invoice_prefix: text(),
  invoice_suffix: text(),
  invoice_sequence: integer(),
  button_layout_id: reference(),
  is_open: boolean(),
  is_quick_keys_enabled: boolean(),
  receipt_template_id: reference(),
  register_open_time: timestamp(),
  register_close_time: timestamp(),
  register_open_sequence_id: reference(),
  cash_managed_payment_type_id: reference(),
  version: version(),
  deleted_at: timestamp(),
})

/** The takings of a register from one opening to the next closing, by payment type. It has no version. */
export const registerClosure = z.object({
  register_closure_id: key(),
  register_closure_sequence_number: integer(),
  register_open_time: timestamp(),
  register_close_time: timestamp(),
  payments: json(),
  version: version(),
  deleted_at: timestamp(),
})
