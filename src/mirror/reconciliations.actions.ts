import { randomUUID } from 'node:crypto'
import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { enqueue } from '../jobs/queue.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { explanations, type Explanation } from './reconciling.rules.ts'
import {
  endSilent,
  findReconciliation,
  findUnfinished,
  insertReconciliation,
  listDifferences,
  listReconciliations,
  type DifferenceRow,
  type PartRow,
  type ReconciliationRow,
} from './reconciliations.store.ts'
import { namesOf } from './runs.actions.ts'

/** One that has not moved for so long has lost its job. */
export const silentMinutes = 60

export type ReconciliationRequest = { entities?: readonly string[] | undefined; dryRun?: boolean | undefined }

/** Has the mirror compared with Lightspeed; the worker does it. Throws a Refusal (409) while another goes on. */
export async function requestReconciliation(context: Context, request: ReconciliationRequest): Promise<{ id: string }> {
  const { database, actor, correlationId } = context
  must(actor, 'sync:run')
  const id = randomUUID()
  const isDryRun = request.dryRun ?? false
  const entities = namesOf(request.entities)
  return inTransaction(database, async ({ db }) => {
    await endSilent(db, silentMinutes)
    const isNew = await insertReconciliation(db, { id, requestedBy: actor.id, correlationId, entities, isDryRun })
    if (!isNew) throw goingOn(await findUnfinished(db))
    await enqueue(db, 'mirror.reconcile', { id }, { correlationId, priority: 1 })
    if (isDryRun) return { id }
    const what = { action: 'reconciliation.requested', entity: 'reconciliation', entityId: id }
    await record(db, { ...what, before: null, after: { entities }, actor: actor.id, correlationId })
    return { id }
  })
}

export type ReconciliationView = ReturnType<typeof viewOf>

/** The newest first; `next` goes into `before`. */
export async function readReconciliations(
  { database, actor }: Context,
  page: { before: Date | undefined; limit: number },
) {
  must(actor, 'sync:read')
  const rows = await listReconciliations(database.db, page)
  return pageOf(rows, page.limit, { view: viewOf, after: (last) => last.created_at.toISOString() })
}

/** Throws a Refusal (404) for an unknown one. */
export async function readReconciliation({ database, actor }: Context, id: string): Promise<ReconciliationView> {
  must(actor, 'sync:read')
  const row = await findReconciliation(database.db, id)
  if (row) return viewOf(row)
  throw new Refusal('not_found', 'reconciliation_unknown', `There is no reconciliation ${id}`)
}

type Page = { entity: string | undefined; after: number | undefined; limit: number }

/** One difference a record, in the order they were found; of each entity the first thousand. */
export async function readDifferences(context: Context, id: string, page: Page) {
  await readReconciliation(context, id)
  const rows = await listDifferences(context.database.db, id, page)
  return pageOf(rows, page.limit, { view: differenceView, after: (last) => String(last.id) })
}

function viewOf({ parts, ...row }: ReconciliationRow & { parts: PartRow[] }) {
  const sum = (field: 'compared' | 'differences' | 'explained' | 'repaired') =>
    parts.reduce((all, part) => all + part[field], 0)
  const [compared, differences, explained, repaired] = [
    sum('compared'),
    sum('differences'),
    sum('explained'),
    sum('repaired'),
  ]
  return {
    id: row.id,
    state: row.state,
    requestedBy: row.requested_by,
    correlationId: row.correlation_id,
    dryRun: row.is_dry_run,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    totals: { compared, differences, explained, raised: differences - explained, repaired },
    entities: parts.map(partView),
  }
}

function partView(part: PartRow) {
  const { entity, state, compared, differences, explained, repaired, error } = part
  return {
    entity,
    state,
    compared,
    lightspeedRows: part.lightspeed_rows,
    mirrorRows: part.mirror_rows,
    differences,
    explained,
    raised: differences - explained,
    repaired,
    error,
    startedAt: part.started_at?.toISOString() ?? null,
    finishedAt: part.finished_at?.toISOString() ?? null,
  }
}

function differenceView(row: DifferenceRow) {
  const levels: { levels: unknown } = { levels: row.levels }
  return {
    id: row.id,
    entity: row.entity,
    recordId: row.record_id,
    kind: row.kind,
    explanation: row.explanation,
    meaning: isExplanation(row.explanation) ? explanations[row.explanation] : row.explanation,
    fields: row.fields,
    ...levels,
    mirrorVersion: row.mirror_version,
    lightspeedVersion: row.lightspeed_version,
    repaired: row.is_repaired,
    foundAt: row.found_at.toISOString(),
  }
}

function isExplanation(word: string): word is Explanation {
  return Object.hasOwn(explanations, word)
}

function goingOn(id: string | undefined): Refusal {
  const message = `A reconciliation goes on${id === undefined ? '' : ` (${id})`}: wait until it is over`
  return new Refusal('conflict', 'reconciliation_running', message, { id })
}
