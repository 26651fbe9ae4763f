import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Credit = { reference: string; amount: string; at: Date; actor: string }

/** Keeps a credit note; the same reference again is the same note, corrected. */
export async function saveCredit(
  tx: Db,
  consignmentId: string,
  { reference, amount, at, actor }: Credit,
): Promise<void> {
  const note = { amount, credited_at: at, actor }
  await tx
    .insertInto('supplier_credit')
    .values({ consignment_id: consignmentId, reference, ...note })
    .onConflict((on) => on.columns(['consignment_id', 'reference']).doUpdateSet(note))
    .execute()
}

export async function saveNoCredit(
  tx: Db,
  consignmentId: string,
  { reason, actor }: { reason: string; actor: string },
) {
  const said = { no_credit_reason: reason, no_credit_by: actor, no_credit_at: new Date() }
  await tx
    .insertInto('supplier_return')
    .values({ consignment_id: consignmentId, ...said })
    .onConflict((at) => at.column('consignment_id').doUpdateSet(said))
    .execute()
}

/** A return apart from its head: numbers, reasons, what is expected for it and what came. Money as text in cents. */
export async function readReturn(db: Db, consignmentId: string) {
  const own = await db
    .selectFrom('supplier_return')
    .selectAll()
    .where('consignment_id', '=', consignmentId)
    .executeTakeFirst()
  const credits = await db
    .selectFrom('supplier_credit')
    .selectAll()
    .where('consignment_id', '=', consignmentId)
    .orderBy('credited_at')
    .orderBy('reference')
    .execute()
  const lines = await db
    .selectFrom('consignment_line as l')
    .leftJoin('supplier_return_line as r', 'r.line_id', 'l.id')
    .leftJoin('mirror.product as p', 'p.id', 'l.product_id')
    .select(['l.id', 'l.product_id', 'p.sku', 'l.quantity', 'l.packed', 'l.unit_cost'])
    .select(['r.source_line_id', 'r.case_id', 'r.reason', 'r.quarantined'])
    .where('l.consignment_id', '=', consignmentId)
    .orderBy('l.position')
    .execute()
  return { own, credits, lines }
}

/** The cases that the goods of a return came from, and that are open, are settled by its credit. */
export async function settleCredited(
  tx: Db,
  consignmentId: string,
  { actor, note }: { actor: string; note: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update discrepancy_case c
    set outcome = 'credit', settled_by = ${actor}, settled_at = now(), note = coalesce(c.note, ${note}), version = c.version + 1
    from supplier_return_line r join consignment_line l on l.id = r.line_id
    where r.case_id = c.id and l.consignment_id = ${consignmentId} and c.outcome is null
    returning c.id`.execute(tx)
  return rows.map(({ id }) => id)
}
