import { setImmediate as nextTurn } from 'node:timers/promises'
import { patiently } from '../db/faults.ts'
import { retryDelayMs } from './backoff.rules.ts'
import { failureOf } from './failures.rules.ts'
import type { JobKind } from './kinds.ts'
import type { Claim, Claimed, Queue } from './port.ts'
import type { Outcome } from './running.ts'

export type Settler = {
  /** Notes how a try ended, and waits for the database where it is away. Fenced: a try that was lost changes nothing. */
  settle(claimed: Claimed, outcome: Outcome): Promise<void>
  /** Gives a try back that was broken off: it will be as if it had not been. */
  giveBack(claim: Claim): Promise<void>
}

type Parts = {
  queue: Queue
  /** Told when a job that was put back comes due again, so that nobody has to look for it. */
  onDelay: (ms: number) => void
}

export function openSettler({ queue, onDelay }: Parts): Settler {
  const complete = groupedByKind((kind, claims) => patiently(() => queue.complete(kind, claims)))
  const settle = async (claimed: Claimed, outcome: Outcome) => {
    if (outcome.kind === 'settled') return
    if (outcome.kind === 'done') return complete(claimed)
    if (outcome.kind === 'snoozed') return snooze(claimed, outcome.until)
    const failure = failureOf(outcome.error, claimed.output, new Date().toISOString())
    if (outcome.isFinal) return patiently(() => queue.deadLetter(claimed, failure))
    const delayMs = retryDelayMs(failure.failures.length, Math.random())
    await patiently(() => queue.fail(claimed, failure, delayMs))
    onDelay(delayMs)
  }
  const snooze = async (claim: Claim, until: Date) => {
    const delayMs = Math.max(0, until.getTime() - Date.now())
    await patiently(() => queue.putOff(claim, delayMs))
    onDelay(delayMs)
  }
  const giveBack = async (claim: Claim) => {
    await patiently(() => queue.putOff(claim, 0), { patienceMs: 5_000 })
  }
  return { settle, giveBack }
}

/** Completions of one moment, and those that come while another is on its way, go together in one statement. */
function groupedByKind(send: (kind: JobKind, claims: Claim[]) => Promise<unknown>) {
  const waiting = new Map<JobKind, Claim[]>()
  const sending = new Map<JobKind, Promise<unknown>>()
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
