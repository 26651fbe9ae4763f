import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { bossIn, nextByCron } from './boss.ts'
import { saidIn } from './failures.rules.ts'
import { stateOf } from './jobs.actions.ts'
import { listLastJobs, type LastJob } from './jobs.store.ts'
import { enqueueMany } from './queue.ts'
import type { Rhythm, Schedule } from './schedules.ts'
import { listPaused, setPaused } from './schedules.store.ts'
import { hangUp } from './timekeeping.ts'

/** What is done by the clock, when next, and how it went last. */
export async function readSchedules({ database: { db }, actor }: Context, schedules: readonly Schedule[], now: Date) {
  must(actor, 'jobs:read')
  const [paused, lasts] = await Promise.all([listPaused(db), listLastJobs(db, schedules)])
  return {
    data: schedules.map(({ name, kind, args, rhythm }) => {
      const pause = paused.get(name)
      const last = lasts.find((one) => one.name === name && one.kind === kind)
      return {
        name,
        kind,
        payload: args,
        ...rhythmView(rhythm),
        nextAt: pause ? null : nextOf(rhythm, now).toISOString(),
        pausedAt: pause?.at.toISOString() ?? null,
        pausedBy: pause?.by ?? null,
        last: last ? lastView(last) : null,
      }
    }),
  }
}

export type ScheduleState = { name: string; state: 'well' | 'late' | 'failed' | 'paused' | 'new' }

/** Of each schedule whether it does what it should; `late` is one whose time came and went by ten minutes without a job. */
export async function readScheduleStates(db: Db, schedules: readonly Schedule[], now: Date): Promise<ScheduleState[]> {
  const [paused, lasts] = await Promise.all([listPaused(db), listLastJobs(db, schedules)])
  return schedules.map(({ name, kind, rhythm }) => {
    const last = lasts.find((one) => one.name === name && one.kind === kind)
    if (paused.has(name)) return { name, state: 'paused' }
    if (!last) return { name, state: 'new' }
    const due = nextOf(rhythm, last.at).getTime()
    if (due + latenessMs < now.getTime()) return { name, state: 'late' }
    return { name, state: stateOf(last.state) === 'failed' ? 'failed' : 'well' }
  })
}

const latenessMs = 10 * 60_000

/** Stops a schedule, or lets it go on, for all processes. Throws a Refusal (404) for an unknown one. */
export async function pauseSchedule(context: Context, schedule: Schedule, isPaused: boolean) {
  must(context.actor, 'jobs:run')
  await inTransaction(context.database, async ({ db, client }) => {
    const wasPaused = (await listPaused(db)).has(schedule.name)
    await setPaused(db, schedule.name, isPaused ? context.actor.id : null)
    await hangUp(bossIn(client), schedule, isPaused)
    const action = isPaused ? 'schedule.paused' : 'schedule.resumed'
    await record(db, { ...about(context, schedule), action, before: { isPaused: wasPaused }, after: { isPaused } })
  })
}

/** Sends a schedule's job now, paused or not. `added` is false where one waits already. */
export async function runSchedule(context: Context, schedule: Schedule): Promise<{ added: boolean }> {
  must(context.actor, 'jobs:run')
  const { kind, args, name } = schedule
  return inTransaction(context.database, async ({ db }) => {
    const { correlationId } = context
    const added = await enqueueMany(db, kind, [{ args, key: name, correlationId, priority: 1 }])
    if (added > 0) await record(db, { ...about(context, schedule), action: 'schedule.run', before: null, after: args })
    return { added: added > 0 }
  })
}

/** Throws a Refusal (404) that names the schedules there are. */
export function scheduleNamed(schedules: readonly Schedule[], name: string): Schedule {
  const schedule = schedules.find((one) => one.name === name)
  if (schedule) return schedule
  const known = schedules.map((one) => one.name)
  throw new Refusal('not_found', 'schedule_unknown', `There is no schedule ${name}. There are: ${known.join(', ')}`, {
    known,
  })
}

function about({ actor, correlationId }: Context, { name }: Schedule) {
  return { entity: 'schedule', entityId: name, actor: actor.id, correlationId }
}

function nextOf(rhythm: Rhythm, now: Date): Date {
  if ('cron' in rhythm) return nextByCron(rhythm.cron, rhythm.timezone, now)
  const spanMs = rhythm.everySeconds * 1000
  return new Date((Math.floor(now.getTime() / spanMs) + 1) * spanMs)
}

function lastView({ id, state, output, at, finished_at: finishedAt }: LastJob) {
  const error = state === 'completed' ? null : (saidIn(output, 'message') ?? null)
  return { id, state: stateOf(state), error, at: at.toISOString(), finishedAt: finishedAt?.toISOString() ?? null }
}

function rhythmView(rhythm: Rhythm) {
  if ('cron' in rhythm) return { cron: rhythm.cron, timezone: rhythm.timezone, everySeconds: null }
  return { cron: null, timezone: null, everySeconds: rhythm.everySeconds }
}
