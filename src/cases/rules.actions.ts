import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readRoleChanges } from '../people/roles.store.ts'
import { startSet } from '../people/roles.rules.ts'
import type { Db } from '../db/database.ts'
import { findCaseRule, listCaseRules, saveCaseRule, type CaseRule } from './rules.store.ts'

/** Who sees to new cases of each kind, and within how many days. */
export async function readCaseRules({ database, actor }: Context) {
  must(actor, 'consignments:read')
  return { data: await listCaseRules(database.db), next: null }
}

/** Says it anew, for cases that are opened from now on. Throws a Refusal (422) that names the field. */
export async function setCaseRule({ database, actor, correlationId }: Context, rule: CaseRule, dryRun: boolean) {
  must(actor, 'case-rules:manage')
  if (rule.side === 'source' && rule.type !== 'OUTLET_TRANSFER')
    throw wrong('side', 'only a transfer has an outlet that sent it')
  return (dryRun ? rehearse : inTransaction)(database, async ({ db: tx }) => {
    await mustBeRole(tx, rule.role)
    const before = (await findCaseRule(tx, rule)) ?? null
    await saveCaseRule(tx, rule)
    const what = { action: 'case_rule.set', entity: 'case_rule', entityId: `${rule.type}:${rule.kind}`, before }
    await record(tx, { ...what, after: rule, actor: actor.id, correlationId })
    return rule
  })
}

async function mustBeRole(tx: Db, role: string) {
  if (Object.hasOwn(startSet, role) || (await readRoleChanges(tx)).has(role)) return
  throw wrong('role', `there is no role ${role}`)
}

function wrong(field: string, message: string): Refusal {
  return new Refusal('not_valid', 'case_rule_not_valid', `${field}: ${message}`, { issues: [{ field, message }] })
}
