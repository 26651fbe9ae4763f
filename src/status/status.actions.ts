import { must, type Actor, type Context } from '../context.ts'
import type { House } from '../house.ts'
import { readFailing } from '../jobs/failing.actions.ts'
import { readRecentPoints } from '../jobs/recent-points.actions.ts'
import { readSchedules } from '../jobs/schedules.actions.ts'
import { readSchedulesOf } from '../jobs/schedules.ts'
import { readDeadStanding } from '../jobs/dead-letters.actions.ts'
import { readQueueNow } from '../jobs/stats.actions.ts'
import { readBudget } from '../lightspeed/budget.actions.ts'
import { pacingOf } from '../mirror/pacing.ts'
import { readReconciliations } from '../mirror/reconciliations.actions.ts'
import { readSyncStatus } from '../mirror/status.actions.ts'
import { readAlerts } from '../ops/alerts.actions.ts'
import { readGrade } from '../ops/health.actions.ts'
import type { Right } from '../people/rights.rules.ts'
import { readStanding } from '../webhooks/events.actions.ts'

export type Status = Awaited<ReturnType<typeof readStatus>>

const needed: readonly Right[] = ['jobs:read', 'sync:read', 'webhooks:read', 'health:read']
const mostFailing = 10
const mostAlerts = 20

/** Throws a Refusal (403) unless the actor may see all that the status tells. */
export function mustSeeStatus(actor: Actor) {
  for (const right of needed) must(actor, right)
}

/** How everything stands at this moment, with the last half hour of the queue. Asked once for all who look. */
export async function readStatus(house: House) {
  const { config } = house
  const context = contextOf(house)
  const now = new Date()
  const [queue, points, failing, deadLetters, schedules, webhooks, sync, budget, breaker, grade, alerts, comparison] =
    await Promise.all([
      readQueueNow(context, config.workerSilentSeconds),
      readRecentPoints(context),
      readFailing(context, mostFailing),
      readDeadStanding(context),
      readSchedulesOf(house).then((all) => readSchedules(context, all, now)),
      readStanding(context),
      readSyncStatus(context, now, pacingOf(house)),
      readBudget(context, config.lightspeed),
      house.lightspeed.breaker.read(),
      readGrade(house),
      readAlerts(context, { state: 'open', before: undefined, limit: mostAlerts }),
      readLastComparison(context),
    ])
  return {
    at: now.toISOString(),
    grade,
    alerts: alerts.data,
    ...points,
    queue,
    failing,
    deadLetters,
    schedules: schedules.data,
    webhooks,
    entities: sync.entities,
    comparison,
    budget,
    leftAloneUntil: breaker.isOpen ? (breaker.until?.toISOString() ?? null) : null,
  }
}

/** How the mirror was compared with Lightspeed last; null while it never was. */
async function readLastComparison(context: Context) {
  const { data } = await readReconciliations(context, { before: undefined, limit: 1 })
  const [last] = data
  return last ? { state: last.state, at: last.finishedAt ?? last.createdAt, totals: last.totals } : null
}

/** Reads by itself, as one for all; who may look is asked at the door. */
function contextOf({ database, log, wakeRunner }: House): Context {
  const actor: Actor = { id: 'status', name: 'The status', scopes: needed }
  return { database, actor, correlationId: 'status', log, wakeRunner }
}
