import type { Config } from '../config.ts'
import { Refusal } from '../kernel/refusal.ts'

/** An error of the first connection: a Refusal with the cure where DATABASE_URL is the reason, else the error as it is. */
export function unreachable({ databaseUrl }: Pick<Config, 'databaseUrl'>, error: unknown): unknown {
  const reason = reasonOf(error)
  if (error instanceof Refusal || databaseUrl === undefined) return error
  if (!/ECONNREFUSED|ENOTFOUND|ETIMEDOUT|password|does not exist|timeout/i.test(reason)) return error
  return new Refusal(
    'misconfigured',
    'database_unreachable',
    `The database of DATABASE_URL cannot be used: ${reason}. Start it, or correct DATABASE_URL.`,
  )
}

/** A migration that failed wraps what PostgreSQL said. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
