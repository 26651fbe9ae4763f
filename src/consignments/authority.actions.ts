import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  deleteAuthority,
  insertDelegation,
  insertTier,
  readAuthority,
  saveOwnAllowed,
  switchTier,
  type NewDelegation,
  type NewTier,
} from './authority-rows.store.ts'

const right = 'approvals:manage'

/** Who approves what: tiers, delegations, and whether one's own orders may be approved. */
export async function readApprovalRules({ database: { db }, actor }: Context) {
  must(actor, right)
  return readAuthority(db)
}

/** Up to a total without tax, a role approves; `upTo` null is without limit. */
export async function addTier(context: Context, tier: NewTier) {
  return added(context, 'approval_tier', tier, (db) => insertTier(db, tier))
}

/** For some days somebody decides in another one's place. */
export async function addDelegation(context: Context, wish: Omit<NewDelegation, 'createdBy'>) {
  if (wish.endsAt <= wish.startsAt) throw notValid('endsAt', 'give a time after startsAt')
  if (wish.from === wish.to) throw notValid('to', 'somebody else than from')
  return added(context, 'approval_delegation', wish, (db) =>
    insertDelegation(db, { ...wish, createdBy: context.actor.id }),
  )
}

export const removable = { tiers: 'approval_tier', delegations: 'approval_delegation' } as const

/** Takes a tier or a delegation back. Throws a Refusal (404) for an unknown one. */
export async function removeAuthority(context: Context, kind: keyof typeof removable, id: string) {
  const { database, actor, correlationId } = context
  must(actor, right)
  const entity = removable[kind]
  return inTransaction(database, async ({ db: tx }) => {
    const before = await deleteAuthority(tx, entity, id)
    if (before === undefined) throw unknownRule(kind, id)
    await record(tx, {
      action: `${entity}.removed`,
      entity,
      entityId: id,
      actor: actor.id,
      correlationId,
      before,
      after: null,
    })
    return { removed: true }
  })
}

/** Lets a tier count, or not; those of transfers, returns and stocktakes are off at first. Throws a Refusal (404). */
export async function switchTierOn({ database, actor, correlationId }: Context, id: string, isOn: boolean) {
  must(actor, right)
  return inTransaction(database, async ({ db: tx }) => {
    const row = await switchTier(tx, id, isOn)
    if (!row) throw unknownRule('tiers', id)
    const said = {
      action: 'approval_tier.changed',
      entity: 'approval_tier',
      entityId: id,
      actor: actor.id,
      correlationId,
    }
    await record(tx, { ...said, before: { ...row, is_on: !isOn }, after: row })
    return { id, isOn }
  })
}

/** Whether who may approve a total may approve his own orders up to it. */
export async function allowOwn(context: Context, ownAllowed: boolean) {
  const { database, actor, correlationId } = context
  must(actor, right)
  return inTransaction(database, async ({ db: tx }) => {
    await saveOwnAllowed(tx, ownAllowed)
    const said = { action: 'approval_setting.changed', entity: 'approval_setting', entityId: 'own_allowed' }
    await record(tx, {
      ...said,
      actor: actor.id,
      correlationId,
      before: { ownAllowed: !ownAllowed },
      after: { ownAllowed },
    })
    return { ownAllowed }
  })
}

type Insert = (tx: Parameters<typeof insertTier>[0]) => Promise<{ id: string } | undefined>

async function added(context: Context, entity: string, after: object, insert: Insert): Promise<{ id: string }> {
  const { database, actor, correlationId } = context
  must(actor, right)
  return inTransaction(database, async ({ db: tx }) => {
    const row = await insert(tx)
    if (!row) throw new Refusal('conflict', 'approval_rule_exists', 'That is so already')
    await record(tx, {
      action: `${entity}.added`,
      entity,
      entityId: row.id,
      actor: actor.id,
      correlationId,
      before: null,
      after,
    })
    return row
  })
}

function unknownRule(kind: string, id: string): Refusal {
  return new Refusal('not_found', 'approval_rule_unknown', `There is none of ${kind} with the id ${id}`)
}

function notValid(field: string, message: string): Refusal {
  return new Refusal('not_valid', 'approval_rule_not_valid', `${field}: ${message}`, { issues: [{ field, message }] })
}
