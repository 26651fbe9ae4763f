import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from 'hono'
import { z } from 'zod'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readRun, requestRun, type Run, type RunRequest } from '../mirror/runs.actions.ts'
import { deed } from './deed.ts'
import { flag, names, text, wholeNumber } from './parameters.ts'
import { run as runShape } from '../mirror/sync.shapes.ts'

const lookEveryMs = 100
const usualWaitSeconds = 30

const common = {
  full: flag.optional(),
  since: text(40).optional(),
  limit: wholeNumber([1, 2_000_000_000]).optional(),
  until: text(40).optional(),
  outlet: text(100).optional(),
  product: text(100).optional(),
  status: text(100).optional(),
  /** How long the answer may wait for the end of the sync. */
  wait: wholeNumber([0, 300]).default(usualWaitSeconds),
}

export const sync = deed({
  summary: 'Read what changed in one entity; the answer waits for its end, so many seconds (`wait`) at the most',
  takes: z.strictObject({ entity: text(100), ...common }),
  example: { entity: 'products', full: false },
  tells: runShape,
  does: (c, { entity, wait, ...wish }) => syncAndWait(c, { ...wish, entities: [entity].map(ourName) }, wait),
})

export const syncAll = deed({
  summary: 'The same of every entity, or of those named; one that fails does not stop the others',
  takes: z.strictObject({ entity: names.optional(), ...common }),
  example: { entity: 'outlets,brands', wait: 60 },
  tells: runShape,
  does: (c, { entity, wait, ...wish }) => syncAndWait(c, { ...wish, entities: entity?.map(ourName) }, wait),
})

/** The earlier system wrote payment_types. */
function ourName(entity: string): string {
  return entity.replaceAll('_', '-')
}

async function syncAndWait(c: Context<Env>, wish: RunRequest, waitSeconds: number): Promise<Run> {
  const { context, house } = c.var
  must(context.actor, 'sync:read')
  const { id } = await requestRun(context, wish)
  const end = Date.now() + waitSeconds * 1000
  for (;;) {
    const run = await readRun(context, id)
    if (run.finishedAt !== null) return done(run)
    if (Date.now() >= end || house.stopping.aborted) return run
    await sleep(lookEveryMs)
  }
}

function done(run: Run): Run {
  const failed = run.entities.filter(({ state }) => state === 'failed')
  if (failed.length === 0) return run
  const said = failed.map(({ entity, error }) => `${entity}: ${error}`).join('; ')
  throw new Refusal('unreachable', 'sync_failed', `Not everything could be synced. ${said}`, { run })
}
