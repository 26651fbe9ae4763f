import { randomBytes } from 'node:crypto'
import { lockConsignment } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import { mustFor } from '../consignments/permitting.ts'
import { keyOf, knownHead, unknownConsignment } from '../consignments/reading.actions.ts'
import { must, type Context } from '../context.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { hashOf } from '../people/sign-in.actions.ts'
import { strangerRefused } from './adding.actions.ts'
import { stateOf } from './tickets.rules.ts'
import { findTicket, insertTicket, listTickets, markWithdrawn, type TicketRow } from './tickets.store.ts'

export type TicketWish = {
  deliveryId: string | null
  lineId: string | null
  mostPhotos: number
  minutes: number
  dryRun: boolean
}

/**
 * Lets another phone add photos for some minutes without signing in: only the hash of its secret is kept, so it is told this
 * once. Throws a Refusal (422) for a delivery or a line of another document.
 */
export async function makeTicket(context: Context, ref: string, { dryRun, ...wish }: TicketWish) {
  const { actor, database } = context
  must(actor, 'evidence:add')
  const secret = randomBytes(32).toString('base64url')
  const made = await (dryRun ? rehearse : inTransaction)(database, async ({ db: tx }) => {
    const head = await lockConsignment(tx, keyOf(ref))
    if (!head) throw unknownConsignment(ref)
    mustFor(actor, 'evidence:add', head)
    await strangerRefused(tx, head, { ...wish, caseId: null })
    const ticket = { ...wish, tokenHash: hashOf(secret), consignmentId: head.id, createdBy: actor.id }
    const view = ticketView(await knownTicket(tx, await insertTicket(tx, ticket)))
    await note(tx, context, head.id, { action: 'evidence_ticket.made', before: null, after: view })
    return view
  })
  return dryRun ? { dryRun: true as const, ...made } : { dryRun: false as const, secret, ...made }
}

/** Those of a document, the newest first, with how many photos came by each. */
export async function readTickets(context: Context, ref: string) {
  const { id } = await knownHead(context, ref)
  return { data: (await listTickets(context.database.db, id)).map(ticketView), next: null }
}

/** From now on nothing comes by it any more; what came stays. Doing it twice does it once. */
export async function withdrawTicket(context: Context, id: string, dryRun: boolean) {
  const { actor, database } = context
  must(actor, 'evidence:add')
  const known = await knownTicket(database.db, id)
  return (dryRun ? rehearse : inTransaction)(database, async ({ db: tx }) => {
    const head = await lockConsignment(tx, { id: known.consignment_id })
    if (!head) throw unknownTicket(id)
    mustFor(actor, 'evidence:add', head)
    const before = ticketView(await knownTicket(tx, id))
    if (before.state === 'withdrawn') return before
    await markWithdrawn(tx, id, actor.id)
    const after = ticketView(await knownTicket(tx, id))
    await note(tx, context, head.id, { action: 'evidence_ticket.withdrawn', before, after })
    return after
  })
}

async function knownTicket(db: Context['database']['db'], id: string): Promise<TicketRow> {
  const row = await findTicket(db, id)
  if (row) return row
  throw unknownTicket(id)
}

function unknownTicket(id: string): Refusal {
  return new Refusal('not_found', 'ticket_unknown', `There is no ticket ${id}; one that is over for a day is gone`, {
    id,
  })
}

function ticketView(row: TicketRow) {
  return {
    id: row.id,
    consignmentId: row.consignment_id,
    number: row.number,
    deliveryId: row.delivery_id,
    lineId: row.line_id,
    state: stateOf(row, new Date()),
    mostPhotos: row.most_photos,
    sent: row.sent,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    withdrawnBy: row.withdrawn_by,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  }
}
