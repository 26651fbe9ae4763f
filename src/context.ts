import type { Database } from './db/database.ts'
import { Refusal } from './kernel/refusal.ts'
import type { Log } from './ops/log.ts'
import type { Right } from './people/rights.rules.ts'
import { gives, givesSomewhere, outletsGiven, type Grant } from './people/roles.rules.ts'

/**
 * Who asks, and what that one may do at the most. `*` stands for all rights, everywhere. Who was ever given a role has
 * `grants`, and may do only what they give, where they give it.
 */
export type Actor = { id: string; name: string; scopes: readonly string[]; grants?: readonly Grant[] | undefined }

/** What every action is handed: where the data is, who is asking, and how to tell the runner that there is work. */
export type Context = {
  database: Database
  actor: Actor
  /** Goes along with everything that this request causes. */
  correlationId: string
  log: Log
  wakeRunner: () => void
}

/** Whether somebody has a right anywhere. */
export function holdsRight(actor: Actor, right: Right): boolean {
  if (actor.scopes.includes('*')) return true
  return actor.scopes.includes(right) && (actor.grants === undefined || givesSomewhere(actor.grants, right))
}

/** Whether somebody has a right at one of these outlets; of none of them: whether everywhere. */
export function holdsAt(actor: Actor, right: Right, outlets: readonly string[]): boolean {
  if (actor.scopes.includes('*')) return true
  return actor.scopes.includes(right) && (actor.grants === undefined || gives(actor.grants, right, outlets))
}

/** The outlets at which somebody has a right that he holds; undefined: everywhere. */
export function outletsOf({ scopes, grants }: Actor, right: Right): string[] | undefined {
  return scopes.includes('*') || grants === undefined ? undefined : outletsGiven(grants, right)
}

/** Throws a Refusal (403) that names the missing right. */
export function must(actor: Actor, right: Right) {
  if (holdsRight(actor, right)) return
  throw actor.scopes.includes(right) ? roleMissing(actor, right, []) : scopeMissing(actor, right)
}

/** The same at one of these outlets. Throws a Refusal (403) that names right, outlets and roles. */
export function mustAt(actor: Actor, right: Right, outlets: readonly string[]) {
  if (holdsAt(actor, right, outlets)) return
  throw actor.scopes.includes(right) ? roleMissing(actor, right, outlets) : scopeMissing(actor, right)
}

function scopeMissing({ name }: Actor, scope: Right): Refusal {
  return new Refusal('not_allowed', 'scope_missing', `${name} may not do this: the right ${scope} is missing`, {
    scope,
  })
}

function roleMissing({ name, grants = [] }: Actor, scope: Right, outlets: readonly string[]): Refusal {
  const roles = grants.map(({ role, outletId }) => ({ role, outletId }))
  const held = roles.map(({ role, outletId }) => `${role} ${outletId === null ? 'everywhere' : `at ${outletId}`}`)
  const where = outlets.length === 0 ? '' : ` at ${outlets.join(' or ')}`
  return new Refusal(
    'not_allowed',
    'role_missing',
    `${name} may not do this${where}: no role gives the right ${scope} there. Roles: ${held.join(', ') || 'none'}`,
    { scope, outlets, roles },
  )
}
