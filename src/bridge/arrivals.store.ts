import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

type Arrivals = {
  consignmentId: string
  actor: string
  /** `received`: good ones in all, as a decimal; `id`: of the event that is kept of it. */
  lines: readonly { id: string; productId: string; received: string }[]
}

/** What was received in Lightspeed, kept as counted there, and written into the lines: what is damaged stays as it is. */
export async function saveArrived(tx: Db, { consignmentId, actor, lines }: Arrivals): Promise<void> {
  await sql`
    with arrived as (
      select line.id, given.event_id, given.product_id, given.received + line.damaged as received,
        given.received + line.damaged - coalesce(line.received, 0) as more
      from unnest(${lines.map(({ id }) => id)}::uuid[], ${lines.map(({ productId }) => productId)}::text[],
        ${lines.map(({ received }) => received)}::numeric[]) as given (event_id, product_id, received)
      join consignment_line line on line.consignment_id = ${consignmentId} and line.product_id = given.product_id
    ), counted as (
      insert into scan_event (id, consignment_id, product_id, quantity, scanned_at, actor, device)
      select event_id, ${consignmentId}, product_id, more, clock_timestamp(), ${actor}, 'Lightspeed' from arrived where more <> 0
    )
    update consignment_line line set received = arrived.received from arrived where line.id = arrived.id`.execute(tx)
}

/** Products that are being counted in a delivery that is not over: what it comes to does not stand in the lines yet. */
export async function listCounting(db: Db, consignmentId: string): Promise<Set<string>> {
  const { rows } = await sql<{ product_id: string }>`
    select distinct product_id from scan_event join delivery on delivery.id = scan_event.delivery_id
    where scan_event.consignment_id = ${consignmentId} and product_id is not null and completed_at is null`.execute(db)
  return new Set(rows.map(({ product_id: id }) => id))
}
