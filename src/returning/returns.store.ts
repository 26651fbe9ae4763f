import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces, type Quantity } from '../kernel/quantity.ts'
import type { Receipt, ReturnReason } from './returnable.rules.ts'

export type ReceiptLine = Receipt & { lineId: string; productId: string }

type ReceiptRow = { lineId: string; productId: string } & Record<keyof Receipt, string>

/**
 * The lines of a receipt with what went back of them, but for one return. What was packed of a return is what leaves; a
 * cancelled one returns nothing.
 */
export async function listReceiptLines(db: Db, receiptId: string, exceptReturn: string | null): Promise<ReceiptLine[]> {
  const { rows } = await sql<ReceiptRow>`
    select l.id as "lineId", l.product_id as "productId", coalesce(l.received, 0) as received, l.damaged,
      coalesce(back.returned, 0) as returned, coalesce(back.quarantined, 0) as quarantined
    from consignment_line l
    left join lateral (
      select sum(greatest(own.quantity, own.packed)) as returned, sum(r.quarantined) as quarantined
      from supplier_return_line r
      join consignment_line own on own.id = r.line_id
      join consignment d on d.id = own.consignment_id
      where r.source_line_id = l.id and d.status <> 'CANCELLED' and d.id is distinct from ${exceptReturn}::uuid
    ) back on true
    where l.consignment_id = ${receiptId}`.execute(db)
  return rows.map(({ lineId, productId, ...row }) => ({
    lineId,
    productId,
    received: scaled(row.received),
    damaged: scaled(row.damaged),
    returned: scaled(row.returned),
    quarantined: scaled(row.quarantined),
  }))
}

export type ReturnLine = {
  sourceLineId: string
  caseId: string | null
  quantity: Quantity
  reason: ReturnReason
  quarantined: Quantity
}

/** Lines of a return at the costs, packs and codes of the receipt, in the order that they are given. */
export async function insertReturnLines(tx: Db, returnId: string, lines: readonly ReturnLine[]): Promise<void> {
  await sql`
    with given as (
      select * from unnest(${lines.map((line) => line.sourceLineId)}::uuid[], ${lines.map((line) => line.caseId)}::uuid[],
        ${lines.map((line) => plain(line.quantity))}::numeric[], ${lines.map((line) => line.reason)}::text[],
        ${lines.map((line) => plain(line.quarantined))}::numeric[])
        with ordinality as given (source_line_id, case_id, quantity, reason, quarantined, at)
    ), made as (
      insert into consignment_line (consignment_id, position, product_id, quantity, unit_cost, pack_size, supplier_code)
      select ${returnId}, given.at, l.product_id, given.quantity, l.unit_cost, l.pack_size, l.supplier_code
      from given join consignment_line l on l.id = given.source_line_id
      returning id, position
    )
    insert into supplier_return_line (line_id, source_line_id, case_id, reason, quarantined)
    select made.id, given.source_line_id, given.case_id, given.reason, given.quarantined
    from made join given on given.at = made.position`.execute(tx)
}

/** The line of a return that came with a receipt; undefined of a free one. */
export async function findSourced(db: Db, lineId: string) {
  return db
    .selectFrom('supplier_return_line as r')
    .innerJoin('consignment_line as l', 'l.id', 'r.line_id')
    .select(['r.source_line_id', 'r.reason', 'l.quantity'])
    .where('r.line_id', '=', lineId)
    .where('r.source_line_id', 'is not', null)
    .executeTakeFirst()
}

export async function saveQuarantined(tx: Db, lineId: string, quarantined: Quantity): Promise<void> {
  await tx
    .updateTable('supplier_return_line')
    .set({ quarantined: plain(quarantined) })
    .where('line_id', '=', lineId)
    .execute()
}

/** Why lines go back; of those that are known already the reason is changed. */
export async function saveReasons(tx: Db, lines: readonly { lineId: string; reason: ReturnReason }[]): Promise<void> {
  if (lines.length === 0) return
  await tx
    .insertInto('supplier_return_line')
    .values(lines.map(({ lineId, reason }) => ({ line_id: lineId, reason })))
    .onConflict((at) => at.column('line_id').doUpdateSet((eb) => ({ reason: eb.ref('excluded.reason') })))
    .execute()
}

export async function saveRma(tx: Db, consignmentId: string, rma: string | null): Promise<void> {
  await tx
    .insertInto('supplier_return')
    .values({ consignment_id: consignmentId, rma })
    .onConflict((at) => at.column('consignment_id').doUpdateSet({ rma }))
    .execute()
}

export function scaled(numeric: string): Quantity {
  const value = readDecimal(numeric, quantityPlaces)
  if (value === undefined) throw new Error(`The database holds the quantity ${numeric}`)
  return value
}

export function plain(quantity: Quantity): string {
  return sayDecimal(quantity, quantityPlaces)
}
