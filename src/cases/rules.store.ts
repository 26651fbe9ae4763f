import type { Db } from '../db/database.ts'
import type { ruledTypes } from './ruled.rules.ts'
import type { Kind } from './variance.rules.ts'

type RuleKey = { type: (typeof ruledTypes)[number]; kind: Kind }

/** Who sees to a new case: a role, where goods arrive (`outlet`) or at whoever sent them (`source`), within so many days. */
export type CaseRule = RuleKey & { role: string; side: 'outlet' | 'source'; days: number }

type Row = { type: string; kind: string; role: string; side: string; days: number }

export async function listCaseRules(db: Db): Promise<Row[]> {
  return db.selectFrom('discrepancy_rule').selectAll().orderBy('type', 'desc').orderBy('kind').execute()
}

export async function findCaseRule(db: Db, { type, kind }: RuleKey): Promise<Row | undefined> {
  return db
    .selectFrom('discrepancy_rule')
    .selectAll()
    .where('type', '=', type)
    .where('kind', '=', kind)
    .executeTakeFirst()
}

export async function saveCaseRule(tx: Db, { type, kind, role, side, days }: CaseRule): Promise<void> {
  const said = { role, side, days }
  await tx
    .insertInto('discrepancy_rule')
    .values({ type, kind, ...said })
    .onConflict((at) => at.columns(['type', 'kind']).doUpdateSet(said))
    .execute()
}
