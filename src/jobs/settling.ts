import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PgBoss } from 'pg-boss'
import type { Database } from '../db/database.ts'
import { patiently } from '../db/faults.ts'
import { inTransaction } from '../db/transaction.ts'
import { retryDelayMs } from './backoff.rules.ts'
import { bossDb } from './boss.ts'
import { putBack, spendAttempts, type Claim } from './claims.store.ts'
import { failureOf } from './failures.rules.ts'
import type { Claimed, Outcome } from './running.ts'

export type Settler = {
  /** Notes how a try ended, and waits for the database where it is away. Fenced: a try that was lost changes nothing. */
  settle(claimed: Claimed, outcome: Outcome): Promise<void>
  /** Gives a try back that was broken off: it will be as if it had not been. */
  giveBack(claim: Claim): Promise<void>
}

type Parts = {
  database: Database
  boss: PgBoss
  /** Told when a job that was put back comes due again, so that nobody has to look for it. */
  onDelay: (ms: number) => void
}

export function openSettler({ database, boss, onDelay }: Parts): Settler {
  const complete = groupedByKind((kind, claims) => patiently(() => boss.complete(kind, claims)))
  const settle = async (claimed: Claimed, outcome: Outcome) => {
    if (outcome.kind === 'settled') return
    if (outcome.kind === 'done') return complete(claimed)
    if (outcome.kind === 'snoozed') return snooze(claimed, outcome.until)
    const failure = failureOf(outcome.error, claimed.output, new Date().toISOString())
    if (outcome.isFinal) return bury(claimed, failure)
    const delayMs = retryDelayMs(failure.failures.length, Math.random())
    await patiently(() => putBack(database.db, claimed, { delayMs, failure }))
    onDelay(delayMs)
  }
  const snooze = async (claim: Claim, until: Date) => {
    const delayMs = Math.max(0, until.getTime() - Date.now())
    await patiently(() => putBack(database.db, claim, { delayMs }))
    onDelay(delayMs)
  }
  const giveBack = async (claim: Claim) => {
    await patiently(() => putBack(database.db, claim, { delayMs: 0 }), { patienceMs: 5_000 })
  }
  const bury = (claimed: Claimed, failure: object) =>
    patiently(() =>
      inTransaction(database, async ({ db, client }) => {
        await spendAttempts(db, claimed)
        await boss.fail(claimed.kind, claimed, failure, { db: bossDb(client) })
      }),
    )
  return { settle, giveBack }
}

/** Completions of one moment, and those that come while another is on its way, go together in one statement. */
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
        .then(() => nextTurn())
        .then(() => {
          waiting.delete(kind)
          return send(kind, mine)
        })
      sending.set(kind, sent)
    }
    await sending.get(kind)
  }
}
