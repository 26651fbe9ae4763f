import { timingSafeEqual } from 'node:crypto'
import type { Actor, Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { hashOf } from '../people/sign-in.actions.ts'
import { addEvidence, type Cabinet, type Said } from './adding.actions.ts'
import type { Body } from './incoming.ts'
import { mustBeOpen, stateOf } from './tickets.rules.ts'
import { findTicket, type TicketRow } from './tickets.store.ts'

/** Whose secret this is: compared by hash, in constant time. Throws a Refusal (401) that tells an unknown one from none. */
export async function ticketOf(db: Db, id: string, secret: string): Promise<TicketRow> {
  const row = await findTicket(db, id)
  const isIts = timingSafeEqual(hashOf(secret), row?.token_hash ?? hashOf(''))
  if (row && isIts) return row
  throw unknownTicket()
}

function unknownTicket(): Refusal {
  return new Refusal('not_signed_in', 'ticket_not_valid', 'This ticket is not known here: have a new code shown')
}

/** Whoever comes in by a ticket: no door but the one of tickets lets him in, and there he may add photos. */
export function holderOf({ id }: TicketRow): Actor {
  return { id: `ticket:${id}`, name: 'A phone with a ticket', scopes: ['evidence:add', 'consignments:read'] }
}

/** What the phone shows before anything is sent. */
export function ticketedView(row: TicketRow) {
  return {
    number: row.number,
    delivery: row.delivery_position,
    state: stateOf(row, new Date()),
    left: Math.max(0, row.most_photos - row.sent),
    expiresAt: row.expires_at.toISOString(),
  }
}

type Ticketed = { ticket: TicketRow; said: Pick<Said, 'id' | 'name' | 'note' | 'takenAt'>; body: Body; at: Date }

/**
 * Adds a photo where the ticket says, and nowhere else. It counts when it was begun: what takes long to come is kept after
 * the ticket's end, unless it was taken back. Throws a Refusal (401) for one that is over, (409) for one that is used up.
 */
export async function addByTicket(context: Context, cabinet: Cabinet, { ticket, said, body, at }: Ticketed) {
  const { id, consignment_id: ref, delivery_id: deliveryId, line_id: lineId } = ticket
  const mustStill = async (db: Db) => {
    const now = await findTicket(db, id)
    if (!now) throw unknownTicket()
    mustBeOpen(now, at)
  }
  const whole: Said = { ...said, kind: 'photo', deliveryId, lineId, caseId: null, signedBy: null, ticketId: id }
  const { isNew, evidence } = await addEvidence(context, cabinet, { ref, said: whole, body, mustStill })
  const now = await findTicket(context.database.db, id)
  const { mediaType, bytes, width, height, createdAt } = evidence
  const photo = { id: evidence.id, mediaType, bytes, width, height, createdAt }
  return { isNew, photo: { ...photo, left: now ? ticketedView(now).left : 0 } }
}
