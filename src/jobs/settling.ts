import type { PgBoss } from 'pg-boss'
import type { Database } from '../db/database.ts'
import { patiently } from '../db/faults.ts'
import { inTransaction } from '../db/transaction.ts'
import { retryDelayMs } from './backoff.rules.ts'
import { bossDb } from './boss.ts'
import { putBack, spendAttempts, type Claim } from './claims.store.ts'
import type { Claimed, Outcome } from './running.ts'

/** One failed try, kept with the job so that a person sees all of them. */
export type Failure = { at: string; message: string }

export type Settler = {
  /** Notes how a try ended, and waits for the database where it is away. Fenced: a try that was lost changes nothing. */
  settle(claimed: Claimed, outcome: Outcome): Promise<void>
  /** Gives a try back that was broken off: it will be as if it had not been. */
  giveBack(claim: Claim): Promise<void>
}

type Parts = { database: Database; boss: PgBoss; random?: () => number; signal?: AbortSignal }

export function openSettler({ database, boss, random = Math.random }: Parts): Settler {
  const complete = groupedByKind((kind, claims) => patiently(() => boss.complete(kind, claims)))
  const settle = async (claimed: Claimed, outcome: Outcome) => {
    if (outcome.kind === 'settled') return
    if (outcome.kind === 'done') return complete(claimed)
    if (outcome.kind === 'snoozed') return giveBack(claimed, Math.max(0, outcome.until.getTime() - Date.now()))
    const failure = failureOf(outcome.error, claimed.output)
    if (outcome.isFinal) return bury(claimed, failure)
    const delayMs = retryDelayMs(failure.failures.length, random())
    await patiently(() => putBack(database.db, claimed, { delayMs, failure }))
  }
  const giveBack = async (claim: Claim, delayMs = 0) => {
    await patiently(() => putBack(database.db, claim, { delayMs }))
  }
  const bury = (claimed: Claimed, failure: object) =>
    patiently(() =>
      inTransaction(database, async ({ db, client }) => {
        await spendAttempts(db, claimed)
        await boss.fail(claimed.kind, claimed, failure, { db: bossDb(client) })
      }),
    )
  return { settle, giveBack: (claim) => giveBack(claim) }
}

/** Completions that come while another is on its way go together in the next statement. */
function groupedByKind(send: (kind: string, claims: Claim[]) => Promise<unknown>) {
  const waiting = new Map<string, Claim[]>()
  const sending = new Map<string, Promise<unknown>>()
  return async (claim: Claim) => {
    const { kind } = claim
    const group = waiting.get(kind)
    if (group) group.push(claim)
    else {
      const mine = [claim]
      waiting.set(kind, mine)
      const before = sending.get(kind) ?? Promise.resolve()
      const sent = before
        .catch(() => {})
        .then(() => {
          waiting.delete(kind)
          return send(kind, mine)
        })
      sending.set(kind, sent)
    }
    await sending.get(kind)
  }
}

const failuresKept = 20

/** What is shown of the last failure, and when and why the ones before it were. */
function failureOf(error: unknown, before: unknown) {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  const now: Failure = { at: new Date().toISOString(), message }
  return { name, message, stack: stack ?? null, failures: [...failuresIn(before), now].slice(-failuresKept) }
}

/** The failed tries that a job remembers. */
export function failuresIn(output: unknown): Failure[] {
  if (typeof output !== 'object' || output === null || !('failures' in output) || !Array.isArray(output.failures))
    return []
  return output.failures.filter(isFailure)
}

function isFailure(one: unknown): one is Failure {
  return typeof one === 'object' && one !== null && 'at' in one && 'message' in one
}
