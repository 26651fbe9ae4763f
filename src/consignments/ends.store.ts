import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** What people call the places and the supplier of a document; null where the mirror does not know. */
export type Ends = { outletName: string | null; sourceOutletName: string | null; supplierName: string | null }

export const nameless: Ends = { outletName: null, sourceOutletName: null, supplierName: null }

type Head = { id: string; outlet_id: string; source_outlet_id: string | null; supplier_id: string | null }

/** The names of these documents' ends, by the document's id. */
export async function nameEnds(db: Db, heads: readonly Head[]): Promise<Map<string, Ends>> {
  if (heads.length === 0) return new Map()
  const ids = heads.flatMap(({ outlet_id, source_outlet_id, supplier_id }) => [
    outlet_id,
    source_outlet_id,
    supplier_id,
  ])
  const named = sql<string>`any(${[...new Set(ids)]}::text[])`
  const rows = await db
    .selectFrom('mirror.outlet')
    .select(['id', 'name'])
    .where('id', '=', named)
    .unionAll(db.selectFrom('mirror.supplier').select(['id', 'name']).where('id', '=', named))
    .execute()
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  return new Map(
    heads.map(({ id, outlet_id, source_outlet_id, supplier_id }) => [
      id,
      {
        outletName: nameOf(outlet_id),
        sourceOutletName: nameOf(source_outlet_id),
        supplierName: nameOf(supplier_id),
      },
    ]),
  )
}
