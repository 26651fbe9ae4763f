import { z } from 'zod'
import { statuses } from '../consignments/lifecycle.rules.ts'
import { count, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { beginDelivery, completeDelivery, readDeliveries } from './deliveries.actions.ts'
import type { readReceipt } from './receipt.actions.ts'
import type { countScans } from './scans.actions.ts'

const decimal = text.describe('An exact decimal')

const about = {
  id: uuid,
  position: count.describe('The first delivery of a document is 1'),
  note: text.nullable(),
  startedBy: text,
  startedAt: time,
  completedBy: text.nullable(),
  completedAt: time.nullable(),
  outcome: z.enum(['more_to_come', 'complete']).nullable().describe('null while it is open'),
}
export const standing = z.object({ id: uuid, number: text, status: z.enum(statuses), version: count })
const delivery = z.object({ ...about, consignment: standing.extend({ statusLabel: text }) })

export const begun = shapeOf<Told<typeof beginDelivery>>()(
  'DeliveryBegun',
  delivery.extend({ isNew: z.boolean().describe('false: it was begun before, by this phone or by another one') }),
)

export const ended = shapeOf<Told<typeof completeDelivery>>()('Delivery', delivery)

export const deliveryPage = shapeOf<Told<typeof readDeliveries>>()(
  'DeliveryPage',
  z.object({
    data: z.array(z.object({ ...about, scans: count, products: count, counted: decimal })),
    next: z.null(),
  }),
)

export const receiptLine = z.object({
  lineId: uuid,
  position: count,
  productId: text,
  sku: text.nullable(),
  name: text.nullable(),
  supplierCode: text.nullable(),
  origin: text.describe('`unexpected`: nobody ordered it'),
  ordered: decimal,
  packed: decimal,
  expected: decimal.describe('Of a transfer what was packed, else what was ordered'),
  counted: decimal.nullable().describe('In all deliveries until now; null: nobody counted it'),
  here: decimal.describe('In this delivery'),
  damaged: z.object({
    damaged_in_transit: decimal,
    damaged_in_store: decimal,
    expired: decimal,
    wrong_item: decimal,
  }),
  variance: decimal.nullable().describe('Counted less expected'),
  received: decimal.nullable().describe('What deliveries that have ended came to'),
  reason: text.nullable(),
  reasonNote: text.nullable(),
})

export const receipt = shapeOf<Told<typeof readReceipt>>()(
  'Receipt',
  delivery.extend({
    lines: z.array(receiptLine),
    unknownCodes: z.array(z.object({ code: text, counted: decimal, scans: count, firstAt: time, lastAt: time })),
  }),
)

const states = ['counted', 'repeated', 'over', 'not_on_order', 'unknown', 'refused'] as const
const figure = decimal.nullable()

export const scanResult = z.object({
  id: text.nullable(),
  state: z.enum(states).describe('All but `refused` are kept; `over`, `not_on_order` and `unknown` are warnings'),
  field: text.nullable().describe('Of a refused one, what is wrong'),
  message: text.nullable().describe('Why it is refused, or unknown'),
  code: text.nullable(),
  productId: text.nullable(),
  lineId: text.nullable(),
  quantity: figure.describe('Of the product'),
  units: figure.describe('How many of the product one such code stands for'),
  expected: figure,
  counted: figure.describe('What its product adds up to, with this scan'),
  damaged: figure,
  here: figure.describe('The same in this delivery'),
})

export const scansCounted = shapeOf<Told<typeof countScans>>()(
  'ScansCounted',
  z.object({
    consignment: standing,
    counts: z.object({ counted: count, repeated: count, refused: count }),
    results: z.array(scanResult).describe('One for each scan, in their order'),
  }),
)
