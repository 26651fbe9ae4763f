import type { Database } from '../db/database.ts'
import { isDatabaseAway, isDiskFull, patiently } from '../db/faults.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import type { Log } from '../ops/log.ts'
import type { Entity } from './entity.ts'
import { syncEntity } from './entity-sync.ts'
import { lockRun } from './run-lock.store.ts'
import { scheduledBy } from './runs.actions.ts'
import {
  beginEntity,
  beginRun,
  finishEntity,
  finishRun,
  findRun,
  noteWait,
  listUnfinishedRuns,
  type RunEntityRow,
  type RunRow,
} from './runs.store.ts'
import { entityNamed } from './tables.ts'

export type RunnerParts = { database: Database; lightspeed: Lightspeed; log: Log }

export type Runner = {
  /** Something is to be done: a run was asked for. */
  wake: () => void
  /** Stops at the next page; what is unfinished goes on at the next start. */
  stop: () => Promise<void>
}

const lookAgainMs = 5_000

/** Does the runs that stand in the database: those of this process, and those that a killed one left unfinished. */
export function startRunner(parts: RunnerParts): Runner {
  const stopping = new AbortController()
  const running = new Map<string, Promise<void>>()
  const turns = new Turns()
  const look = async () => {
    for (const id of await listUnfinishedRuns(parts.database.db)) {
      if (running.has(id) || stopping.signal.aborted) continue
      const work = carryOut(parts, { id, turns, signal: stopping.signal })
        .catch((error: unknown) => parts.log.error({ error, run: id }, 'A sync run broke off; it is taken up again'))
        .finally(() => running.delete(id))
      running.set(id, work)
    }
  }
  const lookQuietly = () => void look().catch((error: unknown) => parts.log.error({ error }, 'The runs cannot be read'))
  const timer = setInterval(lookQuietly, lookAgainMs)
  lookQuietly()
  const stop = async () => {
    clearInterval(timer)
    stopping.abort(new Refusal('conflict', 'stopping', 'Consign is stopping'))
    await Promise.all(running.values())
  }
  return { wake: lookQuietly, stop }
}

type Work = { id: string; turns: Turns; signal: AbortSignal }

async function carryOut({ database, lightspeed, log }: RunnerParts, { id, turns, signal }: Work) {
  await using lock = await lockRun(database, id)
  if (!lock.isOurs) return
  await patiently(() => beginRun(database.db, id), { signal })
  const run = await findRun(database.db, id)
  if (!run) return
  using _ = noteWaits({ database, lightspeed, log }, id)
  const waiting = run.entities.filter(({ state }) => state === 'queued')
  const done = new Map<string, Promise<void>>()
  const lanes = Array.from({ length: entitiesAtOnce }, async () => {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      const entity = entityNamed(next.entity)
      const before = (done.get(entity.nestedIn?.entity ?? '') ?? Promise.resolve()).catch(() => {})
      const part = {
        database,
        lightspeed: lightspeed.causedBy(run.correlation_id, { isWatched: run.requested_by !== scheduledBy }),
        entity,
        run,
        progress: next,
        signal,
      }
      const work = turns.take(entity.name, () => before.then(() => carryOutEntity(part, log)))
      done.set(entity.name, work)
      await work
    }
  })
  const broken = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected')
  if (broken) throw broken.reason
  if (!signal.aborted) await patiently(() => finishRun(database.db, id), { signal })
}

const entitiesAtOnce = 4

/** Whoever watches the run is told what it waits for. */
function noteWaits({ database, lightspeed, log }: RunnerParts, id: string): Disposable {
  const stopListening = lightspeed.onWait((wait) => {
    const why = wait?.reason === 'resting' ? 'Lightspeed fails and is left alone' : "Lightspeed's rate limit"
    const note = wait && `${why}: goes on at ${wait.until.toISOString()}`
    noteWait(database.db, id, note).catch((error: unknown) => log.warn({ error, run: id }, 'A wait could not be noted'))
  })
  return { [Symbol.dispose]: stopListening }
}

type Part = {
  database: Database
  lightspeed: Lightspeed
  entity: Entity
  run: RunRow
  progress: RunEntityRow
  signal: AbortSignal
}

async function carryOutEntity(part: Part, log: Log) {
  const { database, entity, run, signal } = part
  const onWait = (error: unknown) => log.warn({ error, entity: entity.name }, 'Waiting for the database')
  const patience = { signal, onWait }
  try {
    await patiently(() => beginEntity(database.db, run.id, entity.name), patience)
    await syncEntity({ ...part, onWait })
    await patiently(() => finishEntity(database.db, run.id, entity.name), patience)
  } catch (error) {
    if (signal.aborted) return
    if (isDatabaseAway(error)) throw error
    if (!(error instanceof LightspeedError || error instanceof Refusal))
      log.error({ error, entity: entity.name }, 'A sync failed')
    await patiently(() => finishEntity(database.db, run.id, entity.name, failureOf(error)), patience)
  }
}

function failureOf(error: unknown): { message: string; code: string } {
  if (error instanceof LightspeedError) return { message: error.message, code: `lightspeed_${error.kind}` }
  if (error instanceof Refusal) return { message: error.message, code: error.code }
  if (isDiskFull(error))
    return { message: 'The disk of the database is full: free some space, then sync again', code: 'disk_full' }
  return { message: error instanceof Error ? error.message : String(error), code: 'bug' }
}

/** Two runs of one process do not walk the same entity side by side: the later one waits and then finds little to do. */
class Turns {
  readonly #last = new Map<string, Promise<void>>()

  take(name: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(work)
    this.#last.set(
      name,
      turn.catch(() => {}),
    )
    return turn
  }
}
