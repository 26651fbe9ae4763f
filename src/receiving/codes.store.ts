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
