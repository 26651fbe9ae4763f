import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { hurry, listFailing, type FailingRow } from './failing.store.ts'
import { failuresIn, saidIn } from './failures.rules.ts'
import { kindNames } from './kinds.ts'

/** Jobs whose last try failed and that will be tried again by themselves, the next due first. */
export async function readFailing({ database, actor }: Context, limit: number) {
  must(actor, 'jobs:read')
  const rows = await listFailing(database.db, kindNames, limit)
  return rows.map(failingView)
}

/** Has a job that waits for its next try done now. Throws a Refusal (409) when it waits for none. */
export async function retryJob(context: Context, id: string) {
  must(context.actor, 'jobs:run')
  const { actor, correlationId } = context
  return inTransaction(context.database, async ({ db }) => {
    if (!(await hurry(db, kindNames, id))) throw notFailing(id)
    const about = { action: 'job.hurried', entity: 'job', entityId: id, actor: actor.id, correlationId }
    await record(db, { ...about, before: null, after: null })
    return { retried: 1 }
  })
}

function failingView({ id, kind, output, tries_left: triesLeft, due_at: dueAt }: FailingRow) {
  const failures = failuresIn(output)
  const error = saidIn(output, 'message') ?? 'Its worker fell silent'
  return {
    id,
    kind,
    error,
    failed: failures.length,
    triesLeft,
    failedAt: failures.at(-1)?.at ?? null,
    dueAt: dueAt.toISOString(),
  }
}

function notFailing(id: string): Refusal {
  return new Refusal('conflict', 'job_not_failing', `The job ${id} waits for no other try: it runs, or it is over`)
}
