import { z } from 'zod'
import { count, pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { amendReceived } from './amending.actions.ts'
import type { readArrivals } from './arrivals.actions.ts'
import type { assignCode } from './assigning.actions.ts'
import { ended, receiptLine, scanResult, standing } from './deliveries.shapes.ts'
import type { receiveAtOnce } from './receipts.actions.ts'
import type { answerRecount, readOpenRecounts, readRecounts, requestRecounts } from './recounts.actions.ts'

const decimal = text.describe('An exact decimal')

export const received = shapeOf<Told<typeof receiveAtOnce>>()(
  'ReceivedAtOnce',
  ended.extend({
    isNew: z.boolean().describe('false: the delivery was there already'),
    results: z.array(scanResult),
    takenOver: count.describe('Lines that nobody counted, taken over as expected'),
  }),
)

export const lineAmended = shapeOf<Told<typeof amendReceived>>()(
  'LineReceived',
  z.object({ consignment: standing, line: receiptLine }),
)

export const codeAssigned = shapeOf<Told<typeof assignCode>>()(
  'CodeAssigned',
  z.object({
    consignment: standing,
    code: text,
    productId: text,
    units: decimal,
    counted: decimal.describe('What was scanned of it until now, of the product; 0 when that was counted before'),
  }),
)

const recount = z.object({
  id: uuid,
  consignmentId: uuid,
  number: text,
  outletId: text.describe('Who sent, and is asked'),
  askingOutletId: text,
  lineId: uuid,
  productId: text,
  sku: text.nullable(),
  name: text.nullable(),
  expected: decimal,
  counted: decimal.describe('When it was asked'),
  receivedNow: decimal.nullable(),
  askedBy: text,
  askedAt: time,
  answer: z.enum(['recounted', 'as_sent']).nullable(),
  quantity: decimal.nullable().describe('What was really sent'),
  note: text.nullable(),
  answeredBy: text.nullable(),
  answeredAt: time.nullable(),
})

export const recountPage = shapeOf<Told<typeof readOpenRecounts>>()('RecountPage', pageOf(recount))
export const recounts = shapeOf<Told<typeof readRecounts>>()(
  'Recounts',
  z.object({ data: z.array(recount), next: z.null() }),
)
export const recountsAsked = shapeOf<Told<typeof requestRecounts>>()(
  'RecountsAsked',
  z.object({ consignment: standing, asked: count.describe('Lines that were not asked about before') }),
)
export const recountAnswered = shapeOf<Told<typeof answerRecount>>()(
  'RecountAnswered',
  z.object({ consignment: standing, recount }),
)

export const arrivals = shapeOf<Told<typeof readArrivals>>()(
  'Arrivals',
  z.object({
    code: text.nullable(),
    productIds: z.array(text),
    units: decimal,
    why: text.nullable().describe('Why the code means no one product'),
    data: z.array(
      z.object({
        id: uuid,
        number: text,
        type: text,
        status: text,
        supplierId: text.nullable(),
        sourceOutletId: text.nullable(),
        reference: text.nullable(),
        dueAt: time.nullable(),
        deliveryId: text.nullable().describe('The delivery that is open'),
        lineId: uuid,
        productId: text,
        expected: decimal,
        counted: decimal,
        open: decimal.describe('What it still lacks'),
      }),
    ),
    next: z.null(),
  }),
)
