import type { Config } from '../config.ts'
import { entities } from '../mirror/tables.ts'
import type { JobArgs, JobKind } from './kinds.ts'

export type Rhythm = { everySeconds: number } | { cron: string; timezone: string }

export type Schedule = { [Kind in JobKind]: { name: string; kind: Kind; args: JobArgs[Kind]; rhythm: Rhythm } }[JobKind]

/** What is done by the clock. A schedule whose job still waits adds none. */
export function schedulesOf({ syncEverySeconds }: Config): Schedule[] {
  const all = entities.map(({ name }) => name)
  const look: Schedule = {
    name: 'mirror.sync',
    kind: 'mirror.sync',
    args: { entities: all, how: 'by_pace' },
    rhythm: { everySeconds: syncEverySeconds },
  }
  return [
    ...(syncEverySeconds > 0 ? [look] : []),
    { name: 'mirror.prune', kind: 'mirror.prune', args: {}, rhythm: { cron: '20 * * * *', timezone: 'UTC' } },
    { name: 'lightspeed.prune', kind: 'lightspeed.prune', args: {}, rhythm: { cron: '50 3 * * *', timezone: 'UTC' } },
    { name: 'webhooks.prune', kind: 'webhooks.prune', args: {}, rhythm: { cron: '40 3 * * *', timezone: 'UTC' } },
  ]
}
