import { randomUUID } from 'node:crypto'
import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { part as partSchema, refuseUnofferedParts, type Part } from './parts.ts'
import { findRun, insertRun, type RunEntityRow, type RunRow } from './runs.store.ts'
import { entities as all } from './tables.ts'

/** Who asks for the looks that come by the clock: the audit keeps what people and programs ask for. */
export const scheduledBy = 'schedule'

export type RunRequest = {
  /** Made by the sender, so that asking twice starts one run. */
  id?: string | undefined
  entities?: readonly string[] | undefined
  full?: boolean | undefined
  /** A version, or a time: read again what has changed since. */
  since?: string | undefined
  /** Records of each entity at the most. */
  limit?: number | undefined
} & { [Filter in keyof Part]: Part[Filter] | undefined }

/** Asks for a sync; the runner does it. Nested lists come along with what they hang on. */
export async function requestRun(
  { database, actor, correlationId, wakeRunner }: Context,
  request: RunRequest,
): Promise<{ id: string }> {
  must(actor, 'sync:run')
  const id = request.id ?? randomUUID()
  const { full = false, since, limit } = request
  const part = partOf(request)
  const entities = part ? versioned(namesOf(request.entities)) : namesOf(request.entities)
  if (part) refuseUnofferedParts(entities, part, full || since !== undefined)
  await inTransaction(database, async ({ db }) => {
    const run = { id, requestedBy: actor.id, correlationId, entities, full, since: timeOf('since', since), limit, part }
    if (!(await insertRun(db, run))) return
    if (actor.id === scheduledBy) return
    const after = { entities, full, since: since ?? null, limit: limit ?? null, ...part }
    const what = { action: 'sync.requested', entity: 'sync_run', entityId: id, before: null, after }
    await record(db, { ...what, actor: actor.id, correlationId })
  })
  wakeRunner()
  return { id }
}

export type Run = ReturnType<typeof runView>

/** A run with what each entity has come to. Throws a Refusal (404) for an unknown one. */
export async function readRun({ database, actor }: Context, id: string): Promise<Run> {
  must(actor, 'sync:read')
  const run = await findRun(database.db, id)
  if (run) return runView(run)
  throw new Refusal('not_found', 'run_unknown', `There is no sync run ${id}`)
}

function runView({ entities, ...run }: RunRow & { entities: RunEntityRow[] }) {
  return {
    id: run.id,
    state: run.state,
    requestedBy: run.requested_by,
    correlationId: run.correlation_id,
    full: run.is_full,
    since: run.since,
    limit: run.row_limit,
    part: shownPart(run.part),
    createdAt: run.created_at.toISOString(),
    startedAt: run.started_at?.toISOString() ?? null,
    finishedAt: run.finished_at?.toISOString() ?? null,
    entities: entities.map(runEntityView),
  }
}

function shownPart(stored: unknown): Part | null {
  return stored === null ? null : partSchema.parse(stored)
}

export function runEntityView(row: RunEntityRow) {
  const { entity, state, cursor, pages, fetched, inserted, updated, unchanged, rejected, note, error } = row
  return {
    entity,
    state,
    cursor,
    pages,
    fetched,
    inserted,
    updated,
    unchanged,
    rejected,
    note,
    error,
    errorCode: row.error_code,
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

/** Entities by their names, in the order of a sync, with what hangs on them; all where none or `all` is named. Throws a Refusal. */
export function namesOf(asked: readonly string[] | undefined): string[] {
  const known = all.map(({ name }) => name)
  if (!asked || asked.length === 0 || asked.includes('all')) return known
  const unknown = asked.filter((name) => !known.some((one) => one === name))
  if (unknown.length === 0) return known.filter((name) => asked.includes(name) || asked.includes(ownerOf(name)))
  const message = `entities: there is no ${unknown.join(', ')}. There are: ${known.toSorted().join(', ')}, all`
  throw new Refusal('not_valid', 'entity_unknown', message, { unknown, known })
}

function ownerOf(name: string): string {
  const entity = all.find((one) => one.name === name)
  return entity && 'nestedIn' in entity ? entity.nestedIn.entity : ''
}

/** Nothing for a run that reads all there is. */
function partOf({ until, outlet, product, status }: RunRequest): Part | undefined {
  const wishes = Object.entries({ until: timeOf('until', until), outlet, product, status })
  const given = wishes.filter(([, value]) => value !== undefined)
  return given.length > 0 ? Object.fromEntries(given) : undefined
}

/** A part is walked by version; what hangs on a record comes with the next whole look. */
function versioned(names: readonly string[]): string[] {
  return names.filter((name) => all.some((one) => one.name === name && one.walk === 'version'))
}

function timeOf(field: 'since' | 'until', since: string | undefined): string | undefined {
  if (since === undefined || /^\d{1,15}$/.test(since)) return since
  if (!/^\d{4}-\d\d-\d\d/.test(since) || Number.isNaN(Date.parse(since))) {
    throw new Refusal(
      'not_valid',
      'since_not_valid',
      `${field}: give a date such as 2026-11-01, a time such as 2026-11-01T09:00:00Z, or a version`,
    )
  }
  return new Date(since).toISOString()
}
