import { record } from '../audit/audit.store.ts'
import { hasSupplier } from '../consignments/catalogue.store.ts'
import { must, type Context } from '../context.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { findRule, listRules, saveRule, type EvidenceRule } from './rules.store.ts'

export async function readEvidenceRules({ database, actor }: Context) {
  must(actor, 'consignments:read')
  return { data: await listRules(database.db), next: null }
}

/** Says what is asked for when goods of a supplier arrive; without a supplier, of all that have no rule. Throws a Refusal (422) for an unknown one. */
export async function setEvidenceRule(
  { database, actor, correlationId }: Context,
  rule: EvidenceRule,
  dryRun: boolean,
) {
  must(actor, 'evidence-rules:manage')
  return (dryRun ? rehearse : inTransaction)(database, async ({ db: tx }) => {
    const { supplierId } = rule
    if (supplierId !== null && !(await hasSupplier(tx, supplierId))) throw unknownSupplier(supplierId)
    const before = await findRule(tx, supplierId)
    await saveRule(tx, rule, actor.id)
    const what = { action: 'evidence_rule.set', entity: 'evidence_rule', entityId: supplierId ?? 'all', before }
    await record(tx, { ...what, after: rule, actor: actor.id, correlationId })
    return rule
  })
}

function unknownSupplier(id: string): Refusal {
  const message = `there is no supplier ${id} in the mirror`
  return new Refusal('not_valid', 'evidence_rule_not_valid', `supplierId: ${message}`, {
    issues: [{ field: 'supplierId', message }],
  })
}
