import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Rest = { productId: string; quantity: string }

/** What is owed of the lines that are to be ordered on. */
export async function listRest(db: Db, consignmentId: string): Promise<Rest[]> {
  const { rows } = await sql<Rest>`
    select product_id as "productId", trim_scale(quantity - coalesce(received, 0))::text as quantity
    from consignment_line
    where consignment_id = ${consignmentId} and decision = 'back_order' and origin = 'planned'
      and quantity > coalesce(received, 0)
    order by position`.execute(db)
  return rows
}

/** The rest of a document as the lines of another, at the costs, packs and codes that they had. */
export async function copyRest(tx: Db, fromId: string, toId: string): Promise<void> {
  await sql`
    insert into consignment_line (consignment_id, position, product_id, quantity, unit_cost, pack_size, supplier_code)
    select ${toId}, row_number() over (order by position), product_id, quantity - coalesce(received, 0), unit_cost,
      pack_size, supplier_code
    from consignment_line
    where consignment_id = ${fromId} and decision = 'back_order' and origin = 'planned'
      and quantity > coalesce(received, 0)`.execute(tx)
}

/** A line of a document, or a part of it, as the only line of another. */
export async function copyLine(tx: Db, lineId: string, { toId, quantity }: { toId: string; quantity: string }) {
  await sql`
    insert into consignment_line (consignment_id, position, product_id, quantity, unit_cost, pack_size, supplier_code)
    select ${toId}, 1, product_id, ${quantity}, unit_cost, pack_size, supplier_code
    from consignment_line where id = ${lineId}`.execute(tx)
}

/**
 * The approval of a document as that of its rest: by whom it was, and holding no further than what the rest comes to, so
 * that whatever is added asks again.
 */
export async function copyApproval(tx: Db, fromId: string, toId: string): Promise<void> {
  await sql`
    insert into approval_request (consignment_id, total, roles, asked_by, asked_at, decision, decided_by, decided_at,
      on_behalf_of, holds_up_to, is_own, reason)
    select ${toId}, rest.total, roles, asked_by, asked_at, decision, decided_by, decided_at, on_behalf_of, rest.total,
      is_own, 'Approved with the document that it goes on from'
    from approval_request,
      (select coalesce(sum(round(quantity * unit_cost, 2)), 0) as total from consignment_line where consignment_id = ${toId}) rest
    where consignment_id = ${fromId} and decision = 'approved'
    order by decided_at desc limit 1`.execute(tx)
}

/** What is ordered on, or no longer wanted, is settled with the document; a claim stays open, and so does what was lost. */
export async function settleDecided(
  tx: Db,
  consignmentId: string,
  { actor, goesOnIn }: { actor: string; goesOnIn: string | null },
): Promise<void> {
  await sql`
    update discrepancy_case c
    set outcome = case l.decision when 'cancel' then 'cancelled' else 'reship' end, settled_by = ${actor}, settled_at = now(),
      note = coalesce(c.note, case l.decision when 'cancel' then null else ${goesOnIn} end), version = c.version + 1
    from consignment_line l
    where l.id = c.line_id and c.consignment_id = ${consignmentId} and c.kind = 'short' and c.outcome is null
      and l.decision in ('cancel', 'back_order')`.execute(tx)
}
