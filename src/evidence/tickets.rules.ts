import { Refusal } from '../kernel/refusal.ts'

/** How long a ticket is good for at the most. */
export const longestMinutes = 15
export const mostPhotos = 20

type Ticket = { expires_at: Date; withdrawn_at: Date | null; most_photos: number; sent: number }

export type TicketState = 'open' | 'full' | 'withdrawn' | 'expired'

/** What a ticket is good for at a time. */
export function stateOf({ expires_at, withdrawn_at, most_photos, sent }: Ticket, at: Date): TicketState {
  if (withdrawn_at !== null) return 'withdrawn'
  if (expires_at <= at) return 'expired'
  return sent < most_photos ? 'open' : 'full'
}

/** Throws a Refusal for one by which nothing may be sent any more: 401 where it is over, 409 where it is used up. */
export function mustBeOpen(ticket: Ticket, at: Date) {
  const state = stateOf(ticket, at)
  if (state === 'open') return
  const { most_photos: most } = ticket
  if (state === 'full')
    throw new Refusal('conflict', 'ticket_full', `${most} photos came by this ticket, which is the most`, { most })
  const message = `This ticket ${state === 'expired' ? 'is over' : 'was taken back'}: have a new code shown`
  throw new Refusal('not_signed_in', 'ticket_over', message)
}
