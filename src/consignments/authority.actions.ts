import { record } from '../audit/audit.store.ts'
import { must, type Actor, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  delegatorOf,
  deleteAuthority,
  hasSameTier,
  insertDelegation,
  insertTier,
  lockTier,
  readAuthority,
  saveOwnAllowed,
  saveTier,
  type NewDelegation,
  type NewTier,
  type Tier,
  type TierChange,
} from './authority-rows.store.ts'

const right = 'approvals:manage'

/** `dryRun`: only what would come of it. */
type How = { dryRun: boolean }

/** Who approves what: tiers, delegations, and whether one's own orders may be approved. */
export async function readApprovalRules({ database: { db }, actor }: Context) {
  must(actor, right)
  return readAuthority(db)
}

/** Up to a total without tax, a role approves; `upTo` null is without limit. */
export async function addTier(context: Context, tier: NewTier, how: How) {
  must(context.actor, right)
  return added(context, { entity: 'approval_tier', after: tier, how }, (db) => insertTier(db, tier))
}

/** For some days somebody decides in another one's place. One's own place anyone hands on who may decide at all. */
export async function addDelegation(context: Context, wish: Omit<NewDelegation, 'createdBy'>, how: How) {
  mustDelegate(context.actor, wish.from)
  if (wish.endsAt <= wish.startsAt) throw notValid('endsAt', 'give a time after startsAt')
  if (wish.from === wish.to) throw notValid('to', 'somebody else than from')
  return added(context, { entity: 'approval_delegation', after: wish, how }, (db) =>
    insertDelegation(db, { ...wish, createdBy: context.actor.id }),
  )
}

export const removable = { tiers: 'approval_tier', delegations: 'approval_delegation' } as const

/** Takes a tier or a delegation back. Throws a Refusal (404) for an unknown one. */
export async function removeAuthority(
  context: Context,
  { kind, id, dryRun }: How & { kind: keyof typeof removable; id: string },
) {
  const { database, actor } = context
  if (kind === 'tiers') must(actor, right)
  else mustDelegate(actor, (await delegatorOf(database.db, id)) ?? '')
  const entity = removable[kind]
  return changing({ dryRun })(database, async ({ db: tx }) => {
    const before = await deleteAuthority(tx, entity, id)
    if (before === undefined) throw unknownRule(kind, id)
    await tell(tx, context, { action: `${entity}.removed`, entity, entityId: id, before, after: null })
    return { removed: true, dryRun }
  })
}

/**
 * Changes a tier, or lets it count or not; those of transfers, returns and stocktakes are off at first. Throws a Refusal (404)
 * for an unknown one, (409) when another says the same then.
 */
export async function editTier(
  context: Context,
  { id, change, dryRun }: How & { id: string; change: TierChange },
): Promise<Tier & How> {
  must(context.actor, right)
  return changing({ dryRun })(context.database, async ({ db: tx }) => {
    const before = await lockTier(tx, id)
    if (!before) throw unknownRule('tiers', id)
    const { upTo = before.upTo, role = before.role, isOn = before.isOn } = change
    const { outletId = before.outletId, supplierId = before.supplierId } = change
    const after = { ...before, upTo, role, outletId, supplierId, isOn }
    if (await hasSameTier(tx, after)) throw isSoAlready()
    await saveTier(tx, after)
    await tell(tx, context, { action: 'approval_tier.changed', entity: 'approval_tier', entityId: id, before, after })
    return { ...after, dryRun }
  })
}

/** Whether who may approve a total may approve his own orders up to it. */
export async function allowOwn(context: Context, { ownAllowed, dryRun }: How & { ownAllowed: boolean }) {
  must(context.actor, right)
  return changing({ dryRun })(context.database, async ({ db: tx }) => {
    await saveOwnAllowed(tx, ownAllowed)
    const said = { action: 'approval_setting.changed', entity: 'approval_setting', entityId: 'own_allowed' }
    await tell(tx, context, { ...said, before: { ownAllowed: !ownAllowed }, after: { ownAllowed } })
    return { ownAllowed, dryRun }
  })
}

type Insert = (tx: Db) => Promise<{ id: string } | undefined>
type Adding = { entity: string; after: object; how: How }

async function added(context: Context, { entity, after, how }: Adding, insert: Insert): Promise<{ id: string } & How> {
  return changing(how)(context.database, async ({ db: tx }) => {
    const row = await insert(tx)
    if (!row) throw isSoAlready()
    await tell(tx, context, { action: `${entity}.added`, entity, entityId: row.id, before: null, after })
    return { ...row, ...how }
  })
}

type Said = { action: string; entity: string; entityId: string; before: object | null; after: object | null }

function tell(tx: Db, { actor, correlationId }: Context, said: Said) {
  return record(tx, { ...said, actor: actor.id, correlationId })
}

function changing({ dryRun }: How) {
  return dryRun ? rehearse : inTransaction
}

function mustDelegate(actor: Actor, from: string) {
  must(actor, from === actor.id ? 'consignments:approve' : right)
}

function isSoAlready(): Refusal {
  return new Refusal('conflict', 'approval_rule_exists', 'That is so already')
}

function unknownRule(kind: string, id: string): Refusal {
  return new Refusal('not_found', 'approval_rule_unknown', `There is none of ${kind} with the id ${id}`)
}

function notValid(field: string, message: string): Refusal {
  return new Refusal('not_valid', 'approval_rule_not_valid', `${field}: ${message}`, { issues: [{ field, message }] })
}
