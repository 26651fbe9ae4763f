import { createHash } from 'node:crypto'
import { recordAll } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import { inTransaction, type Transaction } from '../db/transaction.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { redrive } from './boss-queue.ts'
import { bossIn, deadLetterQueue } from './boss.ts'
import {
  findDeadLetter,
  listDeadLetters,
  lockDeadLetters,
  readDead,
  saveParcel,
  type DeadLetterFilter,
  type DeadLetterRow,
} from './dead-letters.store.ts'
import { failuresIn, saidIn } from './failures.rules.ts'
import { isKind, kinds } from './kinds.ts'
import { parcelIn, wordsOf } from './parcel.ts'
import { cursorAt, placeOf } from './place.ts'

export type DeadLetter = ReturnType<typeof deadLetterView>

export async function readDeadLetters(
  { database, actor }: Context,
  { kind, after, limit }: { kind?: string | undefined; after?: string | undefined; limit: number },
) {
  must(actor, 'jobs:read')
  const rows = await listDeadLetters(database.db, { kind }, { below: placeOf(after), limit })
  return pageOf(rows, limit, { view: deadLetterView, after: (last) => cursorAt(last.place) })
}

/** How many there are, and when the last one came. */
export async function readDeadStanding({ database, actor }: Context) {
  must(actor, 'jobs:read')
  const { total, newest } = await readDead(database.db)
  return { total, newestAt: newest?.toISOString() ?? null }
}

/** Throws a Refusal (404) for an unknown one. */
export async function readDeadLetter({ database, actor }: Context, id: string): Promise<DeadLetter> {
  must(actor, 'jobs:read')
  const row = await findDeadLetter(database.db, id)
  if (row) return deadLetterView(row)
  throw unknownLetter(id)
}

/** Versions that an edit may meet; any when it is undefined. */
type Expected = readonly string[] | undefined

/**
 * Gives a dead letter other arguments. What its kind could not do is refused (422) with the reason; so is (409) an edit of
 * a version that is no longer the present one.
 */
export async function editDeadLetter(
  context: Context,
  id: string,
  { payload, expected }: { payload: unknown; expected?: Expected },
): Promise<DeadLetter> {
  must(context.actor, 'jobs:run')
  await inTransaction(context.database, async (tx) => {
    const row = await lockOne(tx, id, expected)
    const { args, correlationId } = parcelIn(row.data)
    const mended = { args: argsFor(row.kind, payload), correlationId }
    await saveParcel(tx.db, id, mended)
    await note(tx, context, [row], { action: 'dead_letter.edited', before: () => args, after: mended.args })
  })
  return readDeadLetter(context, id)
}

const mostAtOnce = 1_000

/** Puts dead letters back into the queue, the oldest first, at most a thousand at once; `left` says whether some remain. */
export async function retryDeadLetters(context: Context, filter: DeadLetterFilter, most = mostAtOnce) {
  must(context.actor, 'jobs:run')
  return inTransaction(context.database, async (tx) => {
    const rows = await lockDeadLetters(tx.db, filter, Math.min(most, mostAtOnce))
    const able = rows.filter(({ kind }) => kind !== null && isKind(kind))
    const ids = able.map(({ id }) => id)
    await redrive(tx, ids)
    await note(tx, context, able, { action: 'dead_letter.retried', before: payloadOf, after: null })
    const { length: left } = await lockDeadLetters(tx.db, filter, mostAtOnce)
    return { retried: ids.length, left }
  })
}

/** One of them. Throws a Refusal (404) for an unknown one. */
export async function retryDeadLetter(context: Context, id: string) {
  const { retried } = await retryDeadLetters(context, { ids: [id] })
  if (retried === 0) throw unknownLetter(id)
  return { retried }
}

/** Removes a dead letter for good; why is kept in the audit, with what it was. */
export async function deleteDeadLetter(
  context: Context,
  id: string,
  { reason, expected }: { reason: string; expected?: Expected },
) {
  must(context.actor, 'jobs:run')
  await inTransaction(context.database, async (tx) => {
    const row = await lockOne(tx, id, expected)
    await bossIn(tx.client).deleteJob(deadLetterQueue, id)
    await note(tx, context, [row], { action: 'dead_letter.deleted', before: deadLetterView, after: null, reason })
  })
}

async function lockOne(tx: Transaction, id: string, expected: Expected): Promise<DeadLetterRow> {
  const [row] = await lockDeadLetters(tx.db, { ids: [id] }, 1)
  if (!row) throw unknownLetter(id)
  if (expected === undefined || expected.includes(versionOf(row))) return row
  const message = 'Somebody else has mended this dead letter meanwhile: look at it again'
  throw new Refusal('conflict', 'dead_letter_changed', message, { expected, current: deadLetterView(row) })
}

/** Another one whenever what it is to do is another. */
function versionOf({ data }: DeadLetterRow): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('base64url').slice(0, 16)
}

function argsFor(kind: string | null, payload: unknown): unknown {
  if (kind === null || !isKind(kind))
    throw new Refusal(
      'conflict',
      'job_kind_unknown',
      `There is no kind of job ${kind} any more: it can only be deleted`,
    )
  const read = kinds[kind].args.safeParse(payload)
  if (read.success) return read.data
  const { issues } = read.error
  throw new Refusal('not_valid', 'payload_not_valid', `A job ${kind} cannot do that: ${wordsOf(read.error)}`, {
    issues,
  })
}

type Note = { action: string; before: (row: DeadLetterRow) => unknown; after: unknown; reason?: string }

function note(tx: Transaction, { actor, correlationId }: Context, rows: readonly DeadLetterRow[], about: Note) {
  const { action, before, after, reason } = about
  const entries = rows.map((row) => ({
    action,
    entity: 'dead_letter',
    entityId: row.id,
    actor: actor.id,
    correlationId,
    before: before(row),
    after,
    ...(reason === undefined ? {} : { reason }),
  }))
  return recordAll(tx.db, entries)
}

function payloadOf({ kind, data }: DeadLetterRow) {
  return { kind, payload: parcelIn(data).args }
}

function deadLetterView(row: DeadLetterRow) {
  const { args: payload, correlationId } = parcelIn(row.data)
  const failures = failuresIn(row.output)
  return {
    id: row.id,
    version: versionOf(row),
    kind: row.kind,
    jobId: row.job_id,
    order: row.order,
    payload,
    correlationId: correlationId ?? null,
    error: saidIn(row.output, 'message') ?? 'Its worker fell silent',
    stack: saidIn(row.output, 'stack') ?? null,
    attempts: Math.max(failures.length, 1),
    failures,
    enqueuedAt: row.enqueued_at?.toISOString() ?? null,
    failedAt: row.failed_at.toISOString(),
  }
}

function unknownLetter(id: string): Refusal {
  return new Refusal('not_found', 'dead_letter_unknown', `There is no dead letter ${id}`)
}
