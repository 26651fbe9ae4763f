import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { cursorAt, placeOf } from '../jobs/place.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { unknownRight } from './rights.rules.ts'
import { startSet } from './roles.rules.ts'
import {
  deleteGrant,
  deleteRoleChange,
  insertGrant,
  isKnownOutlet,
  listGrants,
  readRoleChanges,
  saveRoleChange,
  type GrantFilter,
  type GrantRow,
  type NewGrant,
} from './roles.store.ts'

const right = 'roles:manage'

export type RoleView = { role: string; words: string | null; rights: readonly string[]; isChanged: boolean }

/** Every role with what it may do, those of the start set first. */
export async function readRoles({ database: { db }, actor }: Context): Promise<{ data: RoleView[]; next: null }> {
  must(actor, right)
  const changes = await readRoleChanges(db)
  const names = new Set([...Object.keys(startSet), ...changes.keys()])
  return { data: [...names].map((role) => roleView(role, changes)), next: null }
}

/** Gives a role other rights than the start set does, or makes one that it has not. */
export async function changeRole(context: Context, role: string, rights: readonly string[]): Promise<RoleView> {
  const unknown = unknownRight(rights)
  if (unknown !== undefined) throw wrong('rights', `there is no right ${unknown}`)
  return redefined(context, role, {
    action: 'role.changed',
    change: (tx) => saveRoleChange(tx, { role, rights: [...new Set(rights)], changedBy: context.actor.id }),
  })
}

/** Back to the rights of the start set; a role that is not in it has none then. */
export async function resetRole(context: Context, role: string): Promise<RoleView> {
  return redefined(context, role, { action: 'role.reset', change: (tx) => deleteRoleChange(tx, role) })
}

/** Who is what, where, newest first. */
export async function readGrants(
  { database: { db }, actor }: Context,
  { after, limit, ...filter }: GrantFilter & { after?: string | undefined; limit: number },
) {
  must(actor, right)
  const rows = await listGrants(db, filter, { below: placeOf(after), limit })
  return pageOf(rows, limit, { view: grantView, after: ({ place, id }) => cursorAt({ at: place, id }) })
}

/** Somebody is something, at an outlet or everywhere; from then on he may only do what his roles give. */
export async function giveRole(context: Context, wish: Omit<NewGrant, 'createdBy'>, { dryRun }: { dryRun: boolean }) {
  const { database, actor, correlationId } = context
  must(actor, right)
  const doing = dryRun ? rehearse : inTransaction
  return doing(database, async ({ db: tx }) => {
    const known = new Set([...Object.keys(startSet), ...(await readRoleChanges(tx)).keys()])
    if (!known.has(wish.role)) throw wrong('role', `there is no role ${wish.role}. There are: ${[...known].join(', ')}`)
    if (wish.outletId !== null && !(await isKnownOutlet(tx, wish.outletId)))
      throw wrong('outletId', `there is no outlet ${wish.outletId} in the mirror`)
    const row = await insertGrant(tx, { ...wish, createdBy: actor.id })
    if (!row) throw new Refusal('conflict', 'role_grant_exists', 'That is so already')
    const after = grantView(row)
    const said = { action: 'role_grant.added', entity: 'role_grant', entityId: row.id, before: null, after }
    await record(tx, { ...said, actor: actor.id, correlationId })
    return after
  })
}

/** Takes a role back. Who has none left may do nothing any more. Throws a Refusal (404) for an unknown one. */
export async function takeRoleBack(context: Context, id: string) {
  const { database, actor, correlationId } = context
  must(actor, right)
  return inTransaction(database, async ({ db: tx }) => {
    const row = await deleteGrant(tx, id)
    if (!row) throw new Refusal('not_found', 'role_grant_unknown', `Nobody has a role by the id ${id}`)
    const before = grantView(row)
    const said = { action: 'role_grant.removed', entity: 'role_grant', entityId: id, before, after: null }
    await record(tx, { ...said, actor: actor.id, correlationId })
    return before
  })
}

async function redefined(
  { database, actor, correlationId }: Context,
  role: string,
  { action, change }: { action: string; change: (tx: Db) => Promise<void> },
): Promise<RoleView> {
  must(actor, right)
  return inTransaction(database, async ({ db: tx }) => {
    const before = roleView(role, await readRoleChanges(tx))
    await change(tx)
    const after = roleView(role, await readRoleChanges(tx))
    await record(tx, { action, entity: 'role', entityId: role, actor: actor.id, correlationId, before, after })
    return after
  })
}

function roleView(role: string, changes: ReadonlyMap<string, string[]>): RoleView {
  const { words = null, rights = [] } = startSet[role] ?? {}
  const changed = changes.get(role)
  return { role, words, rights: changed ?? rights, isChanged: changed !== undefined }
}

function grantView({ id, actor, role, outlet_id, created_by, created_at }: Omit<GrantRow, 'place'>) {
  return { id, actor, role, outletId: outlet_id, createdBy: created_by, createdAt: created_at.toISOString() }
}

function wrong(field: string, message: string): Refusal {
  return new Refusal('not_valid', 'role_not_valid', `${field}: ${message}`, { issues: [{ field, message }] })
}
