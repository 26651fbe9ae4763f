import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type EntryFilter = {
  entity?: string | undefined
  entityId?: string | undefined
  action?: string | undefined
  actor?: string | undefined
  correlation?: string | undefined
  since?: Date | undefined
  until?: Date | undefined
  /** Only rows older than this one. */
  before?: number | undefined
  limit: number
}

export type EntryRow = Awaited<ReturnType<typeof listEntries>>[number]

/** Audit rows with their place in the chain, newest first. */
export async function listEntries(db: Db, filter: EntryFilter) {
  const { entity, entityId, action, actor, correlation, since, until, before, limit } = filter
  let query = db
    .selectFrom('audit')
    .innerJoin('audit_seal', 'audit_seal.audit_id', 'audit.id')
    .selectAll('audit')
    .select(['audit_seal.sequence', sql<string>`encode(audit_seal.hash, 'hex')`.as('hash')])
    .orderBy('audit.id', 'desc')
    .limit(limit)
  if (entity !== undefined) query = query.where('audit.entity', '=', entity)
  if (entityId !== undefined) query = query.where('audit.entity_id', '=', entityId)
  if (action !== undefined) query = query.where('audit.action', '=', action)
  if (actor !== undefined) query = query.where('audit.actor', '=', actor)
  if (correlation !== undefined) query = query.where('audit.correlation_id', '=', correlation)
  if (since !== undefined) query = query.where('audit.at', '>=', since)
  if (until !== undefined) query = query.where('audit.at', '<', until)
  if (before !== undefined) query = query.where('audit.id', '<', before)
  return query.execute()
}
