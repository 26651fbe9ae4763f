import type { Run } from '#src/mirror/runs.actions.ts'

type Part = Run['entities'][number]

export const runId = '0b9d7e0a-2f0e-4c53-9a51-6f1d0f3b2a10'

/** An entity of a run, as the API tells it: waiting for its turn unless something else is said. */
export function partOf(entity: string, facts: Partial<Part> = {}): Part {
  return {
    entity,
    state: 'queued',
    cursor: null,
    pages: 0,
    fetched: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    note: null,
    error: null,
    errorCode: null,
    startedAt: null,
    finishedAt: null,
    ...facts,
  }
}

/** An entity that was read to its end in a second and a half. */
export function donePart(entity: string, facts: Partial<Part> = {}): Part {
  const times = { startedAt: '2026-11-21T10:00:00.000Z', finishedAt: '2026-11-21T10:00:01.500Z' }
  return partOf(entity, { state: 'done', ...times, ...facts })
}

export function failedPart(entity: string, errorCode: string, error: string): Part {
  return donePart(entity, { state: 'failed', errorCode, error })
}

/** A run, as the API tells it: finished when all of its entities are. */
export function runOf(entities: Part[], facts: Partial<Run> = {}): Run {
  const isOver = entities.every(({ finishedAt }) => finishedAt !== null)
  const state = entities.some((part) => part.state === 'failed') ? 'failed' : 'done'
  return {
    id: runId,
    state: isOver ? state : 'running',
    requestedBy: 'administrator',
    correlationId: 'a-request',
    full: false,
    since: null,
    limit: null,
    part: null,
    createdAt: '2026-11-21T10:00:00.000Z',
    startedAt: '2026-11-21T10:00:00.000Z',
    finishedAt: isOver ? '2026-11-21T10:00:03.400Z' : null,
    entities,
    ...facts,
  }
}
