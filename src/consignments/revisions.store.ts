import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { storableJson } from '../mirror/copy-text.ts'

export type Revision = {
  consignmentId: string
  actor: string
  reason: string | undefined
  before: unknown
  after: unknown
  /** What it came to, without tax. */
  totals: { before: string; after: string }
  isForSupplier: boolean
}

/** Keeps what was changed after approval; the document is locked, so that numbers follow each other. */
export async function saveRevision(tx: Db, { totals, isForSupplier, ...revision }: Revision) {
  const { consignmentId, actor, reason, before, after } = revision
  await sql`
    insert into consignment_revision (consignment_id, number, actor, reason, before, after, total_before, total_after, is_for_supplier)
    select ${consignmentId}, coalesce(max(number), 0) + 1, ${actor}, ${reason ?? null},
      ${storableJson(before)}::jsonb, ${storableJson(after)}::jsonb,
      ${totals.before}::numeric, ${totals.after}::numeric, ${isForSupplier}
    from consignment_revision where consignment_id = ${consignmentId}`.execute(tx)
}

export type RevisionRow = Awaited<ReturnType<typeof listRevisions>>[number]

export async function listRevisions(db: Db, consignmentId: string) {
  return db
    .selectFrom('consignment_revision')
    .selectAll()
    .where('consignment_id', '=', consignmentId)
    .orderBy('number', 'desc')
    .limit(500)
    .execute()
}

/** How people call these products: by SKU, else by name. */
export async function namesOf(db: Db, productIds: readonly string[]): Promise<Map<string, string>> {
  if (productIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('mirror.product')
    .select(['id', sql<string>`coalesce(nullif(sku, ''), name, id)`.as('called')])
    .where('id', '=', sql<string>`any(${productIds}::text[])`)
    .execute()
  return new Map(rows.map(({ id, called }) => [id, called]))
}
