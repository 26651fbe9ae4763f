import type { Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { nudgeAgain } from './nudging.actions.ts'
import { isDue, isThrottled, nextLook, type Look } from './pace.rules.ts'
import { listUnderWay, markAsked, readSituation } from './pace.store.ts'
import { requestRun, scheduledBy } from './runs.actions.ts'

/** The schedule whose beats these looks follow (jobs/schedules.ts). */
const schedule = 'mirror.sync'

/** `quickestSeconds` 0: nothing is looked at by the clock. */
export type Pacing = { quickestSeconds: number; retailer: string }

export type Planned = { entity: string; look: Look; isDue: boolean; isRunning: boolean }

/** When each entity is looked at next by the clock, and why then; null while nobody looks by the clock. */
export async function planLooks({ database }: Pick<Context, 'database'>, entities: readonly string[], pacing: Pacing) {
  const { quickestSeconds, retailer } = pacing
  const { standings, budget, isPaused, now } = await readSituation(database.db, entities, { retailer, schedule })
  const about = { quickestSeconds, isThrottled: isThrottled(budget, now), now }
  const plan = standings.map(({ isRunning, ...standing }): Planned => {
    const look = nextLook(standing, about)
    return { entity: standing.entity, look, isDue: isDue(look, about), isRunning }
  })
  return { plan, isByClock: quickestSeconds > 0 && !isPaused }
}

type Asking = { id: string; entities: readonly string[] }

/** A beat of the clock: asks for a run of what is due and not being read. Of most beats nothing more comes than a look. */
export async function lookByPace(context: Context, { id, entities }: Asking, pacing: Pacing) {
  const { plan } = await planLooks(context, entities, pacing)
  const due = plan.flatMap(({ entity, isDue: isWanted, isRunning }) => (isWanted && !isRunning ? [entity] : []))
  if (due.length === 0) return
  await requestRun(bySchedule(context), { id, entities: due })
  await markAsked(context.database.db, due)
}

/**
 * Somebody said that these have changed. What waits for its turn in a run will see it; what is being read just now may
 * have been passed already, and is asked for again: so a throttled hour of webhooks leaves one run behind it, not hundreds.
 */
export async function lookSoon(context: Context, { id, entities }: Asking) {
  const underWay = await listUnderWay(context.database.db, entities)
  const begun = entities.filter((entity) => underWay.get(entity) === 'begun')
  const free = entities.filter((entity) => !underWay.has(entity))
  if (begun.length > 0) await inTransaction(context.database, ({ db }) => nudgeAgain(db, begun, context.correlationId))
  if (free.length > 0) await requestRun(bySchedule(context), { id, entities: free })
}

function bySchedule(context: Context): Context {
  return { ...context, actor: { ...context.actor, id: scheduledBy } }
}
