import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { storableJson } from '../mirror/copy-text.ts'

export type AuditEntry = {
  /** Noun and what happened to it, such as `dead_letter.retried`. */
  action: string
  entity: string
  entityId: string
  actor: string
  correlationId: string
  /** As JSON; null where there was nothing before, or is nothing after. No secrets: a row can never be removed. */
  before: unknown
  after: unknown
  reason?: string
}

/**
 * Notes a change in the transaction that makes it; sealed into the hash chain when that commits. `tx` must be a
 * transaction, so that the note and the change stand or fall together.
 */
export async function record(tx: Db, entry: AuditEntry): Promise<void> {
  await recordAll(tx, [entry])
}

/** Several notes in one statement, for acts on a whole set. */
export async function recordAll(tx: Db, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length > 0) await tx.insertInto('audit').values(entries.map(rowOf)).execute()
}

function rowOf({ action, entity, entityId, actor, correlationId, before, after, reason }: AuditEntry) {
  const said = { action, entity, entity_id: entityId, actor, correlation_id: correlationId, reason: reason ?? null }
  return { ...said, before: jsonOf(before), after: jsonOf(after) }
}

function jsonOf(value: unknown) {
  return value === undefined || value === null ? null : sql<string>`${storableJson(value)}::jsonb`
}
