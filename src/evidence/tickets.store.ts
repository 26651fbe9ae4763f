import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type NewTicket = {
  tokenHash: Buffer
  consignmentId: string
  deliveryId: string | null
  lineId: string | null
  mostPhotos: number
  minutes: number
  createdBy: string
}

/** Answers its id. */
export async function insertTicket(tx: Db, ticket: NewTicket): Promise<string> {
  const { id } = await tx
    .insertInto('evidence_ticket')
    .values({
      token_hash: ticket.tokenHash,
      consignment_id: ticket.consignmentId,
      delivery_id: ticket.deliveryId,
      line_id: ticket.lineId,
      most_photos: ticket.mostPhotos,
      created_by: ticket.createdBy,
      expires_at: sql<Date>`now() + make_interval(mins => ${ticket.minutes})`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const withSent = (db: Db) =>
  db
    .selectFrom('evidence_ticket')
    .innerJoin('consignment', 'consignment.id', 'evidence_ticket.consignment_id')
    .leftJoin('delivery', 'delivery.id', 'evidence_ticket.delivery_id')
    .selectAll('evidence_ticket')
    .select(['consignment.number', 'delivery.position as delivery_position'])
    .select(sql<number>`(select count(*) from evidence e where e.ticket_id = evidence_ticket.id)`.as('sent'))

export type TicketRow = NonNullable<Awaited<ReturnType<typeof findTicket>>>

/** With how many photos came by it. */
export async function findTicket(db: Db, id: string) {
  return withSent(db).where('evidence_ticket.id', '=', id).executeTakeFirst()
}

/** Of one document, the newest first; those that ended more than a day ago are gone. */
export async function listTickets(db: Db, consignmentId: string): Promise<TicketRow[]> {
  return withSent(db)
    .where('evidence_ticket.consignment_id', '=', consignmentId)
    .orderBy('evidence_ticket.created_at', 'desc')
    .orderBy('evidence_ticket.id')
    .limit(500)
    .execute()
}

/** The document is locked, so that no photo is kept by it meanwhile. */
export async function markWithdrawn(tx: Db, id: string, by: string) {
  await tx
    .updateTable('evidence_ticket')
    .set({ withdrawn_by: by, withdrawn_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute()
}
