import { setTimeout as sleep } from 'node:timers/promises'
import type { PgBoss } from 'pg-boss'
import type { House } from '../house.ts'
import type { Parcel } from './parcel.ts'
import { readSchedulesOf, type Schedule } from './schedules.ts'
import { listPaused } from './schedules.store.ts'

type Parts = { house: House; boss: PgBoss }

/** Puts what is due by the clock into the queue. Every worker keeps time; of each beat one job comes, whoever sends it. */
export async function keepTime({ house, boss }: Parts): Promise<{ stop: () => Promise<void> }> {
  const schedules = await readSchedulesOf(house)
  await hangUpAll(house, boss, schedules)
  await takeDown(boss, schedules)
  const stopping = new AbortController()
  const clocks = schedules.map((schedule) =>
    beat({ house, boss, schedule, signal: stopping.signal }).catch((error: unknown) => {
      if (!stopping.signal.aborted) house.log.error({ error, schedule: schedule.name }, 'A schedule stands still')
    }),
  )
  const rehanging = setInterval(() => void rehang(house, boss), rehangEveryMs)
  const stop = async () => {
    stopping.abort()
    clearInterval(rehanging)
    await Promise.all(clocks)
  }
  return { stop }
}

/** A mirror that was just filled knows the retailer's time zone at last. */
const rehangEveryMs = 10 * 60_000

async function rehang(house: House, boss: PgBoss) {
  try {
    await hangUpAll(house, boss, await readSchedulesOf(house))
  } catch (error) {
    house.log.warn({ error }, 'The schedules could not be hung up anew')
  }
}

async function hangUpAll({ database }: House, boss: PgBoss, schedules: readonly Schedule[]) {
  const paused = await listPaused(database.db)
  await Promise.all(schedules.map((schedule) => hangUp(boss, schedule, paused.has(schedule.name))))
}

/** A cron line is kept by pg-boss, which sends each time once, whichever process looks at the clock. */
export async function hangUp(boss: PgBoss, { name, kind, args, rhythm }: Schedule, isPaused: boolean) {
  if (!('cron' in rhythm)) return
  const { cron, timezone: tz } = rhythm
  if (isPaused) await boss.unschedule(kind, name)
  else await boss.schedule(kind, cron, { args } satisfies Parcel, { tz, key: name, singletonKey: name, missed: 'once' })
}

/** Cron lines of an earlier version of this code. */
async function takeDown(boss: PgBoss, schedules: readonly Schedule[]) {
  for (const { name: kind, key } of await boss.getSchedules())
    if (!schedules.some(({ name }) => name === key)) await boss.unschedule(kind, key)
}

type Clock = { house: House; boss: PgBoss; schedule: Schedule; signal: AbortSignal }

/** Seconds between two beats are counted from the same beginning by all: the queue takes one job for each span. */
async function beat({ house, boss, schedule, signal }: Clock) {
  const { name, kind, args, rhythm } = schedule
  if (!('everySeconds' in rhythm)) return
  const { everySeconds } = rhythm
  while (!signal.aborted) {
    const spanMs = everySeconds * 1000
    await sleep(spanMs - (Date.now() % spanMs) + Math.random() * laggingMs, undefined, { signal })
    try {
      if ((await listPaused(house.database.db)).has(name)) continue
      await boss.send(kind, { args } satisfies Parcel, { singletonKey: name, singletonSeconds: everySeconds })
    } catch (error) {
      house.log.warn({ error, schedule: name }, 'A beat of the schedule was lost')
    }
  }
}

/** So that the workers do not all ask in the same moment. */
const laggingMs = 250
