import type { Database } from './db/database.ts'
import { Refusal } from './kernel/refusal.ts'
import type { Log } from './ops/log.ts'
import type { Right } from './people/rights.rules.ts'

/** Who asks, and what that one may do. `*` stands for all rights. */
export type Actor = { id: string; name: string; scopes: readonly string[] }

/** What every action is handed: where the data is, who is asking, and how to tell the runner that there is work. */
export type Context = {
  database: Database
  actor: Actor
  /** Goes along with everything that this request causes. */
  correlationId: string
  log: Log
  wakeRunner: () => void
}

export function holdsRight({ scopes }: Actor, scope: Right): boolean {
  return scopes.includes('*') || scopes.includes(scope)
}

/** Throws a Refusal (403) that names the missing right. */
export function must(actor: Actor, scope: Right) {
  if (holdsRight(actor, scope)) return
  const { name } = actor
  throw new Refusal('not_allowed', 'scope_missing', `${name} may not do this: the right ${scope} is missing`, { scope })
}
