import { kept, present, type Ground, type Source } from './ground.ts'
import { gst } from './money.ts'
import { daysBefore, stamp } from './time.ts'
import { streets, towns } from './words.ts'

/** The open outlets first, then those that closed. */
export function outlets(ground: Ground): Source {
  const { outlets: open, closedOutlets: closed } = ground.sizes
  return kept(ground, 'outlets', open + closed, (index) => outlet(ground, index, index >= open))
}

function outlet(ground: Ground, index: number, closed: boolean): { [field: string]: unknown; id: string } {
  const dice = ground.dice('outlets', index)
  const [city, suburb, postcode, state] = towns[index % towns.length] ?? towns[0]
  const name = outletName(index)
  return present({
    id: ground.id('outlets', index),
    name,
    default_tax_id: ground.id('taxes', gst),
    currency: 'NZD',
    currency_symbol: '$',
    display_prices: 'inclusive',
    time_zone: index === 17 ? 'Pacific/Chatham' : 'Pacific/Auckland',
    physical_address_1: `${dice.between(1, 320)} ${streets[index % streets.length] ?? streets[0]}`,
    physical_address_2: '',
    physical_suburb: suburb,
    physical_city: city,
    physical_postcode: postcode,
    physical_state: state,
    physical_country_id: 'NZ',
    email: `${name
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')}@shop.example`,
    attributes: index % 4 === 3 ? [] : counters(index, dice.between(1, 900)),
    deleted_at: closed ? stamp(ground.time('outlets', index)) : undefined,
  })
}

function outletName(index: number): string {
  const [city, suburb] = towns[index % towns.length] ?? towns[0]
  if (index === 0) return 'Warehouse & Hub'
  return index < towns.length ? city : `${city} ${suburb}`
}

const counters = (index: number, orders: number): { key: string; value: string }[] => [
  { key: 'order_reference', value: String(orders) },
  { key: 'order_reference_prefix', value: `PO${index + 1}-` },
  { key: 'return_reference', value: String(Math.ceil(orders / 9)) },
  { key: 'return_reference_prefix', value: `RT${index + 1}-` },
]

/** Registers of the open outlets in turn, then one for each closed outlet. */
export function registers(ground: Ground): Source {
  const { registers: open, closedOutlets: closed } = ground.sizes
  return kept(ground, 'registers', open + closed, (index) => register(ground, index))
}

/** The outlet that a register stands in. */
export const outletOfRegister = ({ sizes }: Ground, index: number): number =>
  index < sizes.registers ? index % sizes.outlets : sizes.outlets + index - sizes.registers

/** What stands before the number of an invoice. */
export const invoicePrefix = (index: number): string => `R${index + 1}-`

function register(ground: Ground, index: number): { [field: string]: unknown; id: string } {
  const dice = ground.dice('registers', index)
  const gone = index >= ground.sizes.registers
  const open = !gone && dice.chance(0.7)
  const time = ground.time('registers', index)
  const turn = Math.floor(index / ground.sizes.outlets)
  return present({
    id: ground.id('registers', index),
    name: gone || turn === 0 ? 'Main Register' : `Register ${turn + 1}`,
    outlet_id: ground.id('outlets', outletOfRegister(ground, index)),
    ask_for_note_on_save: dice.below(3),
    print_note_on_receipt: dice.chance(0.3),
    ask_for_user_on_sale: dice.chance(0.4),
    show_discounts_on_receipts: true,
    print_receipt: dice.chance(0.8),
    email_receipt: dice.chance(0.2),
    invoice_prefix: invoicePrefix(index),
    invoice_suffix: dice.chance(0.2) ? '-NZ' : '',
    invoice_sequence: 1000 + Math.ceil(ground.sizes.sales / ground.sizes.registers),
    is_open: open,
    is_quick_keys_enabled: true,
    receipt_template_id: ground.id('other', index),
    register_open_time: open ? stamp(time) : stamp(daysBefore(time, 0.4)),
    register_close_time: open ? undefined : stamp(time),
    register_open_sequence_id: open ? ground.id('register_closures', index) : undefined,
    deleted_at: gone ? stamp(time) : undefined,
    _last_closure: open ? undefined : ground.id('register_closures', index),
    _closure_sequence: dice.between(40, 2600),
  })
}
