import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Address = { name: string | null; lines: string[] }

/** The name and the address of an outlet, as they are put on a label. */
export async function addressOfOutlet(db: Db, id: string): Promise<Address> {
  const row = await db
    .selectFrom('mirror.outlet')
    .select(['name'])
    .select(
      sql<string[]>`array_remove(array[nullif(trim(physical_address_1), ''), nullif(trim(physical_address_2), ''),
        nullif(trim(physical_suburb), ''), nullif(trim(concat_ws(' ', physical_city, physical_postcode)), ''),
        nullif(trim(physical_state), ''), nullif(trim(physical_country_id), '')], null)`.as('lines'),
    )
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? { name: null, lines: [] }
}

/** A supplier's name; where it lives the mirror keeps as Lightspeed says it. */
export async function nameOfSupplier(db: Db, id: string): Promise<string | null> {
  const row = await db.selectFrom('mirror.supplier').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? null
}
