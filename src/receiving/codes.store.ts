import { sql } from 'kysely'
import { planned } from '../db/planned.ts'
import type { Db } from '../db/database.ts'

export type AssignedCode = { code: string; product_id: string; units: string }

/** What somebody said, for this document, that these codes are. */
export async function listAssigned(db: Db, consignmentId: string, codes: readonly string[]): Promise<AssignedCode[]> {
  const { rows } = await sql<AssignedCode>`${sql.raw(planned)}
    select distinct on (code) code, product_id, units::text as units from scan_event
    where consignment_id = ${consignmentId} and code = any(${codes}::text[]) and means = 'assignment'
      and product_id is not null
    order by code, stored_at desc, id`.execute(db)
  return rows
}

export type OpenCode = { delivery_id: string | null; condition: string; quantity: string }

/** What was scanned of a code that nobody knew and that nobody has said since what it is; by delivery and condition. */
export async function sumOpenCode(db: Db, consignmentId: string, code: string): Promise<OpenCode[]> {
  const { rows } = await sql<OpenCode>`
    select delivery_id, condition, sum(quantity)::text as quantity from scan_event
    where consignment_id = ${consignmentId} and product_id is null and code = ${code}
    group by delivery_id, condition having sum(quantity) <> 0
    order by delivery_id, condition`.execute(db)
  return rows
}

/** Whether a code was ever scanned here without anybody knowing it. */
export async function wasUnknown(db: Db, consignmentId: string, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('scan_event')
    .select('id')
    .where('consignment_id', '=', consignmentId)
    .where('product_id', 'is', null)
    .where('code', '=', code)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
