import type { ErrorKind } from './errors.rules.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export type Failure = {
  method: Method
  kind: ErrorKind
  status?: number | undefined
  /** 1 after the first try. */
  attempt: number
  /** How long Lightspeed asked us to stay away, if it did. */
  comeBackMs?: number | undefined
  /** Whether a new token has been tried already, or cannot be had. */
  hasRenewed: boolean
}

export type Next = { act: 'give_up' } | { act: 'renew' } | { act: 'retry'; waitMs: number }

const firstPauseMs = 500
const longestPauseMs = 30_000

/** Tries in all. A gateway's 502 to 504 pass; a 500 seldom does; what was refused for its content never does. */
const tries: Partial<Record<ErrorKind, number>> = {
  unreachable: 5,
  timed_out: 3,
  not_json: 3,
  rate_limited: 10,
  server_error: 3,
}
const gatewayTries = 5

/**
 * Whether to ask again. A POST is repeated only when the answer itself says that nothing was done (401, 429): Lightspeed
 * has no idempotency key, so after any other failure only a look at its state can tell. `jitter` is in [0, 1).
 */
export function afterFailure(failure: Failure, jitter: number): Next {
  const { kind, attempt, method, comeBackMs = 0 } = failure
  if (kind === 'unauthorised') return failure.hasRenewed ? { act: 'give_up' } : { act: 'renew' }
  if (method === 'POST' && kind !== 'rate_limited') return { act: 'give_up' }
  if (attempt >= triesFor(failure)) return { act: 'give_up' }
  return { act: 'retry', waitMs: Math.max(comeBackMs, pauseAfter(attempt, jitter)) }
}

function triesFor({ kind, status }: Failure): number {
  return status !== undefined && status >= 502 && status <= 504 ? gatewayTries : (tries[kind] ?? 1)
}

/** Doubles with each try, and lies somewhere in the upper half, so that many who failed together do not return together. */
function pauseAfter(attempt: number, jitter: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.5 + jitter / 2)
}
