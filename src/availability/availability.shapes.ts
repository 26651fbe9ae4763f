import { z } from 'zod'
import { count, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { checkStock, readAvailability } from './availability.actions.ts'
import type { readInTransit } from './in-transit.actions.ts'

const decimal = text.describe('An exact decimal')
const money = z.object({ amount: decimal, currency: text }).nullable().describe('null for who may not see costs')

const stock = z.object({
  productId: text,
  sku: text.nullable(),
  name: text.nullable(),
  onHand: decimal.nullable().describe('As Lightspeed last said; null: it says nothing'),
  committed: decimal.describe('In open transfers and returns from here, and sent without Lightspeed knowing yet'),
  promised: decimal.describe('Sold here, and not fetched or dispatched yet'),
  available: decimal.describe('On hand, less what is committed and promised'),
  inTransit: decimal.describe('Sent or shipped to here'),
  onOrder: decimal.describe('Ordered to here, and not shipped'),
})

export const availability = shapeOf<Told<typeof readAvailability>>()(
  'Availability',
  z.object({ outletId: text, data: z.array(stock), next: z.null() }),
)

export const stockCheck = shapeOf<Told<typeof checkStock>>()(
  'StockCheck',
  z.object({
    outletId: text,
    data: z.array(
      stock.extend({ lineId: uuid, wanted: decimal, short: decimal.describe('What is missing; 0 where nothing is') }),
    ),
    next: z.null(),
  }),
)

const end = z.object({ id: text.nullable(), name: text.nullable() })
const moving = {
  quantity: decimal,
  value: money,
  missing: decimal.describe('Not arrived, and a case'),
  missingValue: money,
}

export const inTransit = shapeOf<Told<typeof readInTransit>>()(
  'InTransit',
  z.object({
    data: z.array(
      z.object({
        type: text,
        from: end,
        to: end,
        ...moving,
        oldestHours: count,
        count: count.describe('Documents'),
        documents: z
          .array(z.object({ id: uuid, number: text, status: text, since: time, hours: count, ...moving }))
          .describe('The oldest hundred'),
      }),
    ),
    next: z.null(),
  }),
)
