type Fields = Record<string, unknown>

export type Carried = { patch: Fields; isTombstone: boolean; at: Date }
export type Held = { version: number; raw: unknown; isDeleted: boolean; syncedAt: Date }

/** The record that a webhook makes of the one held, or why it makes none. */
export type Decision = { record: Fields; version: number } | { because: 'older' | 'unreadable_version' }

/** The clock of a sender may be behind ours by this much, and its news still be newer than what we read. */
const clockSkewMs = 30_000

/**
 * A webhook that names a version is newer than what is held, or it says nothing new. One without a version is taken by
 * its time: news from before our last reading is no news, and it brings nothing back that was deleted. What it leaves
 * out stays as it was held.
 */
export function decide({ patch, isTombstone, at }: Carried, held: Held | undefined): Decision {
  const told = patch['version']
  const version = told === undefined || told === null ? (held?.version ?? 0) : Number(told)
  if (!Number.isSafeInteger(version) || version < 0) return { because: 'unreadable_version' }
  const isVersioned = told !== undefined && told !== null
  if (held && isVersioned && version <= held.version) return { because: 'older' }
  if (held && !isVersioned && at.getTime() < held.syncedAt.getTime() - clockSkewMs) return { because: 'older' }
  if (held?.isDeleted && !isVersioned && !isTombstone) return { because: 'older' }
  const before = isFields(held?.raw) ? held.raw : {}
  const deletedAt = isTombstone ? (patch['deleted_at'] ?? at.toISOString()) : (patch['deleted_at'] ?? null)
  return { version, record: { ...before, ...patch, version, deleted_at: deletedAt } }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
