import type { LightspeedSettings } from '../lightspeed-settings.ts'
import { must, type Context } from '../context.ts'
import type { Budget } from './budget.rules.ts'
import { findBudget } from './budget.store.ts'
import { identityOf } from './identity.actions.ts'

/** How much of what Lightspeed allows in five minutes is used; null while it was never asked. */
export async function readBudget({ database, actor }: Context, settings: LightspeedSettings) {
  must(actor, 'sync:read')
  const found = await findBudget(database.db, identityOf(settings))
  return found ? standingOf(found.budget, found.now) : null
}

/** A window that is over is an empty one. */
function standingOf({ limit, limitSource, granted, remaining, endsAt, blockedUntil }: Budget, now: number) {
  const isOver = endsAt <= now
  const used = isOver ? 0 : Math.max(granted, remaining === null ? 0 : limit - remaining)
  const isBlocked = blockedUntil !== null && blockedUntil > now
  return {
    limit,
    limitSource,
    used: Math.min(used, limit),
    endsAt: isOver ? null : new Date(endsAt).toISOString(),
    blockedUntil: isBlocked ? new Date(blockedUntil).toISOString() : null,
  }
}
