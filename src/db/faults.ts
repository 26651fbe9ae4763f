import { setTimeout as sleep } from 'node:timers/promises'

const connectionLost = /^(08...|57P0[1-4]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$/
const lostInWords =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|connection ended/i
const takeTurns = /^(40001|40P01)$/
const poison = /^(22|23|54)/

/** PostgreSQL went away, restarts or has no connection left: worth waiting for. */
export function isDatabaseAway(error: unknown): boolean {
  return connectionLost.test(codeOf(error)) || (error instanceof Error && lostInWords.test(error.message))
}

/** The data itself cannot be stored (class 22 data exception, 23 constraint, 54 limit): trying again cannot help. */
export function isPoison(error: unknown): boolean {
  return poison.test(codeOf(error))
}

export function isDiskFull(error: unknown): boolean {
  return codeOf(error) === '53100' || codeOf(error) === 'ENOSPC'
}

export type Patience = { patienceMs?: number; signal?: AbortSignal | undefined; onWait?: (error: unknown) => void }

const defaultPatienceMs = 10 * 60_000
const longestPauseMs = 5_000

/** Does idempotent work on the database, and again while PostgreSQL is away or two writers collided. */
export async function patiently<T>(
  work: () => Promise<T>,
  { patienceMs = defaultPatienceMs, signal, onWait }: Patience = {},
): Promise<T> {
  const until = Date.now() + patienceMs
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work()
    } catch (error) {
      const waits = isDatabaseAway(error) || takeTurns.test(codeOf(error))
      if (!waits || Date.now() + pauseMs > until) throw error
      onWait?.(error)
      await sleep(pauseMs, undefined, signal ? { signal } : {})
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
