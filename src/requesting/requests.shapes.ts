import { z } from 'zod'
import { pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { readRequest, readRequests } from './requests.actions.ts'
import { answers } from './requests.store.ts'

const decimal = text.describe('An exact decimal')

const fields = {
  id: uuid,
  consignmentId: uuid,
  number: text,
  status: text.describe('Of its transfer'),
  outletId: text.describe('Which asks'),
  sourceOutletId: text.describe('Which is asked'),
  state: z.enum(['waiting', ...answers]),
  asked: decimal.describe('Of all lines'),
  askedBy: text,
  askedAt: time,
  note: text.nullable(),
  answeredBy: text.nullable(),
  answeredAt: time.nullable(),
  reason: text.nullable(),
}

export const requestPage = shapeOf<Told<typeof readRequests>>()('TransferRequestPage', pageOf(z.object(fields)))

export const transferRequest = shapeOf<Told<typeof readRequest>>()(
  'TransferRequest',
  z.object({
    ...fields,
    lines: z.array(
      z.object({
        lineId: uuid,
        productId: text,
        sku: text.nullable(),
        name: text.nullable(),
        asked: decimal,
        agreed: decimal.nullable(),
        reason: text.nullable().describe('Why it is less'),
        onHand: decimal.nullable().describe('At the outlet that is asked, as Lightspeed last said'),
        committed: decimal,
        available: decimal.describe('Without this transfer'),
        inTransit: decimal.describe('On its way there'),
        short: decimal.describe('What is missing there'),
      }),
    ),
  }),
)
