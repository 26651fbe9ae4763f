import { isDatabaseAway } from '../db/faults.ts'
import { snooze, type Job } from '../jobs/handler.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Comparing } from './comparing.ts'
import { compareEntity } from './reconciling.ts'
import {
  endSilent,
  insertReconciliation,
  beginPart,
  beginReconciliation,
  findReconciliation,
  finishPart,
  finishReconciliation,
} from './reconciliations.store.ts'
import { silentMinutes } from './reconciliations.actions.ts'
import { lockRun } from './run-lock.store.ts'
import { scheduledBy } from './runs.actions.ts'
import { entities, entityNamed } from './tables.ts'

const lookAgainMs = 60_000

/**
 * Compares the mirror with Lightspeed: what was asked for, or all of it where the clock asks. Taken up again where it was
 * broken off. One entity that fails does not stop the others.
 */
export async function reconcileMirror(job: Job<'mirror.reconcile'>) {
  const { args, context, house } = job
  const id = args.id ?? job.id
  const { database } = house
  const { db } = database
  if (args.id === undefined) {
    await endSilent(db, silentMinutes)
    const names = entities.map(({ name }) => name)
    const { correlationId } = context
    await insertReconciliation(db, { id, requestedBy: scheduledBy, correlationId, entities: names, isDryRun: false })
  }
  await using lock = await lockRun(database, 'reconciliation')
  if (!lock.isOurs) snooze(new Date(Date.now() + lookAgainMs))
  const found = await findReconciliation(db, id)
  if (!found || found.finished_at !== null) return
  await beginReconciliation(db, id)
  for (const { entity, finished_at: finishedAt } of found.parts)
    if (finishedAt === null) await comparePart(job, { id, name: entity, isDryRun: found.is_dry_run })
  await finishReconciliation(db, id)
}

type Wish = { id: string; name: string; isDryRun: boolean }

async function comparePart({ context, house, signal }: Job, { id, name, isDryRun }: Wish) {
  const { database } = house
  const { db } = database
  const part = await beginPart(db, id, name)
  if (!part)
    return finishPart(db, id, name, { state: 'skipped', error: 'It has never been read to the end: sync it first' })
  const lightspeed = house.lightspeed.client.causedBy(context.correlationId)
  const onWait = (error: unknown) => context.log.warn({ error, entity: name }, 'Waiting for the database')
  const comparing: Comparing = { database, lightspeed, entity: entityNamed(name), part, isDryRun, signal, onWait }
  try {
    const counts = await compareEntity(comparing)
    await finishPart(db, id, name, { state: 'done', counts })
  } catch (error) {
    if (signal.aborted || isDatabaseAway(error)) throw error
    if (!(error instanceof LightspeedError || error instanceof Refusal))
      context.log.error({ error, entity: name }, 'A comparison failed')
    await finishPart(db, id, name, { state: 'failed', error: error instanceof Error ? error.message : String(error) })
  }
}
