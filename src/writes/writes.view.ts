import type { Request } from './deed.ts'
import type { Write } from './writes.store.ts'

/** As the API tells it. `waitsFor`: why nothing is written just now, where it waits for that. */
export function writeView(write: Write, whyNot: string | undefined) {
  const { id, kind, state, reason, failure, asked_at: askedAt, remote_id: remoteId } = write
  const wish: unknown = write.wish
  const result: unknown = write.result
  return {
    id,
    kind,
    state,
    reason,
    wish,
    remoteId,
    result,
    failure,
    isAsked: askedAt !== null,
    waitsFor: state === 'waiting' ? (whyNot ?? null) : null,
    wishedBy: write.wished_by,
    wishedAt: write.wished_at.toISOString(),
    finishedAt: write.finished_at?.toISOString() ?? null,
    correlationId: write.correlation_id,
  }
}

/** What would be sent. A body typed as unknown: the type of any JSON has no end. */
export function rehearsal(requests: readonly Request[]) {
  const shown = requests.map(({ method, path, body }): { method: string; path: string; body: unknown } => ({
    method,
    path,
    body: body ?? null,
  }))
  return { dryRun: true as const, requests: shown }
}

/** What was wished, and is to be done. */
export function wished(write: Write) {
  return { dryRun: false as const, ...writeView(write, undefined) }
}
