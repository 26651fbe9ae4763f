import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { failuresIn, saidIn } from './failures.rules.ts'
import { countFinished, findJob, listJobs, removeFinished, removeJob, type JobRow } from './jobs.store.ts'
import { isKind, kindNames, type JobKind } from './kinds.ts'
import { parcelIn } from './parcel.ts'
import { cursorAt, placeOf } from './place.ts'

/** The words for people, and the queue's own. */
const states = {
  waiting: ['created'],
  retrying: ['retry'],
  running: ['active'],
  done: ['completed'],
  failed: ['failed'],
  cancelled: ['cancelled'],
} as const

export type JobState = keyof typeof states
export const jobStates = ['waiting', 'retrying', 'running', 'done', 'failed', 'cancelled'] as const

export type JobView = ReturnType<typeof jobView>

type Page = { kind?: string | undefined; state?: JobState | undefined; after?: string | undefined; limit: number }

/** Jobs of all kinds or of one, newest first. */
export async function readJobs({ database, actor }: Context, { kind, state, after, limit }: Page) {
  must(actor, 'jobs:read')
  const filter = { kinds: kindsOf(kind), states: state ? states[state] : Object.values(states).flat() }
  const rows = await listJobs(database.db, filter, { below: placeOf(after), limit })
  return pageOf(rows, limit, { view: jobView, after: (last) => cursorAt(last.place) })
}

/** Throws a Refusal (404) for an unknown one. */
export async function readJob({ database, actor }: Context, id: string): Promise<JobView> {
  must(actor, 'jobs:read')
  const row = await findJob(database.db, kindNames, id)
  if (row) return jobView(row)
  throw unknownJob(id)
}

/** Removes a job that does not run, with the reason. Throws a Refusal: 404 for an unknown one, 409 for one that runs. */
export async function deleteJob(context: Context, id: string, reason: string) {
  must(context.actor, 'jobs:run')
  await inTransaction(context.database, async ({ db }) => {
    const removed = await removeJob(db, kindNames, id)
    if (!removed) throw (await findJob(db, kindNames, id)) ? runningJob(id) : unknownJob(id)
    const { actor, correlationId } = context
    const about = { action: 'job.deleted', entity: 'job', entityId: id, actor: actor.id, correlationId, reason }
    await record(db, { ...about, before: jobView(removed), after: null })
  })
}

export type Clearing = {
  state: 'done' | 'failed' | 'cancelled'
  days: number
  kind?: string | undefined
  /** Only counts. */
  dryRun?: boolean | undefined
}

/** Removes jobs that have been over for so many days. Dead letters are not among them. */
export async function clearJobs(context: Context, clearing: Clearing): Promise<{ cleared: number }> {
  must(context.actor, 'jobs:run')
  const { state, days, kind, dryRun = false } = clearing
  const filter = { kinds: kindsOf(kind), states: states[state] }
  if (dryRun) return { cleared: await countFinished(context.database.db, filter, days) }
  return inTransaction(context.database, async ({ db }) => {
    const cleared = await removeFinished(db, filter, days)
    const { actor, correlationId } = context
    const about = { action: 'jobs.cleared', entity: 'job', entityId: kind ?? 'all', actor: actor.id, correlationId }
    if (cleared > 0) await record(db, { ...about, before: { state, days, cleared }, after: null })
    return { cleared }
  })
}

/** Throws a Refusal (422) that names the kinds there are. */
export function kindsOf(kind: string | undefined): readonly JobKind[] {
  if (kind === undefined) return kindNames
  if (isKind(kind)) return [kind]
  const message = `kind: there is no ${kind}. There are: ${kindNames.join(', ')}`
  throw new Refusal('not_valid', 'kind_unknown', message, { known: kindNames })
}

function jobView(row: JobRow) {
  const { args: payload, correlationId } = parcelIn(row.data)
  const state = stateOf(row.state)
  return {
    id: row.id,
    kind: row.kind,
    state,
    payload,
    key: row.key,
    order: row.order,
    priority: row.priority,
    correlationId: correlationId ?? `job:${row.id}`,
    error: state === 'done' ? null : (saidIn(row.output, 'message') ?? null),
    failures: failuresIn(row.output),
    triesLeft: Math.max(0, row.retry_limit - row.retry_count),
    enqueuedAt: row.enqueued_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    heartbeatAt: row.heartbeat_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

/** The word for people of a state of the queue. */
export function stateOf(state: string): JobState {
  return jobStates.find((name) => states[name].some((one) => one === state)) ?? 'waiting'
}

function unknownJob(id: string): Refusal {
  return new Refusal('not_found', 'job_unknown', `There is no job ${id}`)
}

function runningJob(id: string): Refusal {
  return new Refusal('conflict', 'job_running', `The job ${id} runs just now`)
}
