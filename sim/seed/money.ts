import { kept, present, type Ground, type Source } from './ground.ts'
import { daysBefore, stamp } from './time.ts'

/** Indexes of the taxes. */
export const noTax = 0
export const gst = 1
export const gstRate = 0.15

const kindsOfTax = [
  { name: 'No Tax', rate: 0 },
  { name: 'GST', rate: gstRate },
  { name: 'GST (12.5 %)', rate: 0.125 },
] as const

/** The last kind is deleted. */
export function taxes(ground: Ground): Source {
  return kept(ground, 'taxes', kindsOfTax.length, (index) => {
    const { name, rate } = kindsOfTax[index] ?? kindsOfTax[noTax]
    return {
      id: ground.id('taxes', index),
      name,
      rates: [{ id: ground.id('tax_rate', index), name, rate, display_name: name }],
      is_default: index === gst,
      display_name: name,
      deleted_at: index === kindsOfTax.length - 1 ? stamp(ground.time('taxes', index)) : null,
    }
  })
}

const kindsOfPayment = [
  { name: 'Cash', type_id: 1 },
  { name: 'EFTPOS', type_id: 5 },
  { name: 'Credit Card', type_id: 3, config: { url: 'https://pay.example/terminal', print: true } },
  { name: 'Gift Card', type_id: 118 },
  { name: 'Loyalty', type_id: 106, config: { url: '/pay/loyalty' } },
  { name: 'On Account', type_id: 108 },
  { name: 'Layby', type_id: 107 },
  { name: 'Cheque', type_id: 2 },
]

/** Index, name and global type of how a sale may be paid; the last kind is deleted. */
export const paymentKind = (index: number): { name: string; typeId: number } => {
  const kind = kindsOfPayment[index % kindsOfPayment.length]
  return { name: kind?.name ?? 'Cash', typeId: kind?.type_id ?? 1 }
}

export function paymentTypes(ground: Ground): Source {
  const last = kindsOfPayment.length - 1
  return kept(ground, 'payment_types', kindsOfPayment.length, (index) => ({
    id: ground.id('payment_types', index),
    ...kindsOfPayment[index],
    ...(index === last ? { deleted_at: stamp(ground.time('payment_types', index)) } : {}),
  }))
}

/** The index of the group that every customer is in; the last group is deleted. */
export const allCustomers = 0

export function customerGroups(ground: Ground): Source {
  const count = Math.max(2, ground.sizes.customerGroups)
  return kept(ground, 'customer_groups', count, (index) => customerGroup(ground, index))
}

const groupNames = ['All Customers', 'VIP', 'Trade', 'Staff', 'Locals', 'Schools', 'Wholesale', 'Cafés', 'Online']

function customerGroup(ground: Ground, index: number): { [field: string]: unknown; id: string } {
  const time = ground.time('customer_groups', index)
  const gone = index === Math.max(2, ground.sizes.customerGroups) - 1
  return present({
    id: ground.id('customer_groups', index),
    name: groupNames[index] ?? `Group ${index + 1}`,
    group_id: String(1111111111 + index),
    retailer_id: ground.id('retailer', 0),
    created_at: stamp(daysBefore(time, 300)),
    updated_at: stamp(time),
    deleted_at: gone ? stamp(time) : undefined,
  })
}

/** The base book of all products first; the last one is deleted. */
export function priceBooks(ground: Ground, outlets: Source): Source {
  const count = Math.max(2, ground.sizes.priceBooks)
  return kept(ground, 'price_books', count, (index) => priceBook(ground, outlets, index, index === count - 1))
}

const bookNames = [
  'General Price Book (All Products)',
  'Trade Prices',
  'Winter Sale',
  'Staff Prices',
  'Summer Specials',
]

function priceBook(
  ground: Ground,
  outlets: Source,
  index: number,
  gone: boolean,
): { [field: string]: unknown; id: string } {
  const time = ground.time('price_books', index)
  const group = index === 0 ? allCustomers : index % Math.max(1, ground.sizes.customerGroups - 1)
  const oneOutlet = index % 3 === 2
  return present({
    id: ground.id('price_books', index),
    name: bookNames[index] ?? `Price Book ${index}`,
    type: index === 0 ? 'BASE' : 'GENERAL',
    restrict_to_platform_key: index === 0 ? '0' : '1',
    restrict_to_platform_label: index === 0 ? 'All' : 'In Store',
    customer_group: { ...customerGroup(ground, group), version: ground.version('customer_groups', group) },
    customer_group_id: ground.id('customer_groups', group),
    outlet: oneOutlet ? outlets.row(0) : {},
    outlet_id: oneOutlet ? ground.id('outlets', 0) : undefined,
    valid_from: index === 2 ? stamp(daysBefore(time, 20)) : undefined,
    valid_to: index === 2 ? stamp(daysBefore(time, -40)) : undefined,
    created_at: stamp(daysBefore(time, 400)),
    updated_at: stamp(time),
    deleted_at: gone ? stamp(time) : undefined,
  })
}
