import { z } from 'zod'
import { count, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { addByTicket, ticketedView } from './ticketed.actions.ts'
import type { makeTicket, readTickets, withdrawTicket } from './tickets.actions.ts'

const state = z
  .enum(['open', 'full', 'withdrawn', 'expired'])
  .describe('`full`: as many photos came by it as it was for')

const about = z.object({
  id: uuid,
  consignmentId: uuid,
  number: text,
  deliveryId: uuid.nullable(),
  lineId: uuid.nullable(),
  state,
  mostPhotos: count,
  sent: count.describe('How many photos came by it'),
  createdBy: text,
  createdAt: time,
  expiresAt: time,
  withdrawnBy: text.nullable(),
  withdrawnAt: time.nullable(),
})

export const ticket = shapeOf<Told<typeof withdrawTicket>>()('EvidenceTicket', about)

export const ticketPage = shapeOf<Told<typeof readTickets>>()(
  'EvidenceTicketPage',
  z.object({ data: z.array(about), next: z.null() }),
)

type Made = Extract<Told<typeof makeTicket>, { dryRun: false }> & { upload: string; page: string }

export const ticketMade = shapeOf<Made>()(
  'EvidenceTicketMade',
  about.extend({
    dryRun: z.literal(false),
    secret: text.describe('Told this once: `Authorization: Bearer` of the address below'),
    upload: text.describe('Where the phone asks (GET) and sends photos (POST)'),
    page: text.describe('What a QR code leads to; the secret stands behind the #, which is sent to nobody'),
  }),
)

export const ticketTried = shapeOf<Extract<Told<typeof makeTicket>, { dryRun: true }>>()(
  'EvidenceTicketTried',
  about.extend({ dryRun: z.literal(true) }),
)

export const ticketed = shapeOf<ReturnType<typeof ticketedView>>()(
  'EvidenceTicketed',
  z.object({
    number: text,
    delivery: count.nullable().describe('Which delivery of it, the first is 1'),
    state,
    left: count.describe('How many photos may still come'),
    expiresAt: time,
  }),
)

export const ticketedPhoto = shapeOf<Told<typeof addByTicket>['photo']>()(
  'EvidenceByTicket',
  z.object({
    id: uuid,
    mediaType: text.nullable(),
    bytes: count.nullable(),
    width: count.nullable(),
    height: count.nullable(),
    createdAt: time,
    left: count,
  }),
)
