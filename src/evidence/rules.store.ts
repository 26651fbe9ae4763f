import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type EvidenceRule = { supplierId: string | null; asksPhoto: boolean; asksSignature: boolean }

/** What is asked for of each supplier; of the one without id for all that have no rule of their own. */
export async function listRules(db: Db): Promise<EvidenceRule[]> {
  const rows = await db.selectFrom('evidence_rule').selectAll().orderBy('supplier_id').execute()
  return rows.map(ruleOf)
}

/** The rule of a supplier, else the one of all. */
export async function findRule(db: Db, supplierId: string | null): Promise<EvidenceRule> {
  const row = await db
    .selectFrom('evidence_rule')
    .selectAll()
    .where('supplier_id', 'in', ['', supplierId ?? ''])
    .orderBy(sql`supplier_id = ''`)
    .limit(1)
    .executeTakeFirst()
  return row ? ruleOf(row) : { supplierId: null, asksPhoto: false, asksSignature: false }
}

export async function saveRule(tx: Db, { supplierId, asksPhoto, asksSignature }: EvidenceRule, by: string) {
  const said = { asks_photo: asksPhoto, asks_signature: asksSignature, changed_by: by, changed_at: sql<Date>`now()` }
  await tx
    .insertInto('evidence_rule')
    .values({ supplier_id: supplierId ?? '', ...said })
    .onConflict((at) => at.column('supplier_id').doUpdateSet(said))
    .execute()
}

/** The arrival that was begun last. */
export async function findLastDelivery(db: Db, consignmentId: string): Promise<string | undefined> {
  const last = await db
    .selectFrom('delivery')
    .select('id')
    .where('consignment_id', '=', consignmentId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.id
}

type Row = { supplier_id: string; asks_photo: boolean; asks_signature: boolean }

function ruleOf({ supplier_id, asks_photo, asks_signature }: Row): EvidenceRule {
  return { supplierId: supplier_id === '' ? null : supplier_id, asksPhoto: asks_photo, asksSignature: asks_signature }
}
