import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import { entities } from '../mirror/tables.ts'
import { readTimeZone } from '../mirror/time-zone.store.ts'
import type { JobArgs, JobKind } from './kinds.ts'

export type Rhythm = { everySeconds: number } | { cron: string; timezone: string }

/** Called as its kind, so that its jobs are found among all others by an index (jobs.store.ts). */
export type Schedule = { [Kind in JobKind]: { name: Kind; kind: Kind; args: JobArgs[Kind]; rhythm: Rhythm } }[JobKind]

/** What is done by the clock, of days and nights by the retailer's. A schedule whose job still waits adds none. */
export async function readSchedulesOf({ config, database }: Pick<House, 'config' | 'database'>): Promise<Schedule[]> {
  return schedulesOf(config, await readTimeZone(database.db))
}

/** It is one o'clock somewhere at each quarter: there are time zones of half and of three quarters of an hour. */
const everyQuarter = { cron: '*/15 * * * *', timezone: 'UTC' }
const everyFiveMinutes = { cron: '*/5 * * * *', timezone: 'UTC' }

function schedulesOf({ syncEverySeconds }: Config, timezone: string): Schedule[] {
  const all = entities.map(({ name }) => name)
  const look: Schedule = {
    name: 'mirror.sync',
    kind: 'mirror.sync',
    args: { entities: all, how: 'by_pace' },
    rhythm: { everySeconds: syncEverySeconds },
  }
  return [
    ...(syncEverySeconds > 0 ? [look] : []),
    { name: 'mirror.reconcile', kind: 'mirror.reconcile', args: {}, rhythm: { cron: '30 2 * * *', timezone } },
    { name: 'mirror.prune', kind: 'mirror.prune', args: {}, rhythm: { cron: '20 * * * *', timezone: 'UTC' } },
    { name: 'lightspeed.watch', kind: 'lightspeed.watch', args: {}, rhythm: { everySeconds: 30 } },
    { name: 'lightspeed.prune', kind: 'lightspeed.prune', args: {}, rhythm: { cron: '50 3 * * *', timezone: 'UTC' } },
    { name: 'webhooks.prune', kind: 'webhooks.prune', args: {}, rhythm: { cron: '40 3 * * *', timezone: 'UTC' } },
    { name: 'lightspeed.take-in', kind: 'lightspeed.take-in', args: {}, rhythm: everyFiveMinutes },
    { name: 'consignments.send-packaged', kind: 'consignments.send-packaged', args: {}, rhythm: everyFiveMinutes },
    { name: 'stocktakes.daily-lists', kind: 'stocktakes.daily-lists', args: {}, rhythm: everyQuarter },
    { name: 'approvals.keep', kind: 'approvals.keep', args: {}, rhythm: everyFiveMinutes },
    {
      name: 'consignments.archive',
      kind: 'consignments.archive',
      args: {},
      rhythm: { cron: '15 3 * * *', timezone: 'UTC' },
    },
    { name: 'ops.watch', kind: 'ops.watch', args: {}, rhythm: { cron: '* * * * *', timezone: 'UTC' } },
    { name: 'ops.prune', kind: 'ops.prune', args: {}, rhythm: { cron: '30 3 * * *', timezone: 'UTC' } },
    { name: 'evidence.prune', kind: 'evidence.prune', args: {}, rhythm: { cron: '10 5 * * *', timezone: 'UTC' } },
    { name: 'audit.verify', kind: 'audit.verify', args: {}, rhythm: { cron: '10 4 * * *', timezone: 'UTC' } },
  ]
}
