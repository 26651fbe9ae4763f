import { createHash, createHmac, createSecretKey, randomUUID, type KeyObject } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { seal, unseal } from '../lightspeed/seal.ts'
import type { Env } from './env.ts'
import { streamLimit } from './streams.ts'
import { claimKey, keepAnswer, markEffect, releaseKey, renewLease, type Ask, type Kept } from './idempotency.store.ts'

const leaseSeconds = 60
const longestWaitMs = 20_000
const lookEveryMs = 100
const purpose = 'idempotency answer'

/**
 * A POST with an `Idempotency-Key` is done once: the same again gets the same answer, another request under the same key
 * is refused. That it took effect is written in its own transaction; a refused one leaves the key free.
 */
export const doneOnce = createMiddleware<Env>(async (c, next) => {
  const key = c.req.header('idempotency-key')
  if (c.req.method !== 'POST' || key === undefined) return next()
  const { db } = c.var.house.database
  const ask = await askOf(c, key)
  const kept = await claimPatiently(db, ask)
  if (kept) return answerAgain(kept, c.var.credential)
  fence(c, ask)
  const renewing = setInterval(() => void renewLease(db, ask, leaseSeconds).catch(() => {}), (leaseSeconds / 3) * 1000)
  try {
    await next()
  } finally {
    clearInterval(renewing)
  }
  if (!c.res.ok && (await releaseKey(db, ask))) return
  const { status } = c.res
  const answer = seal(sealingKeyOf(c.var.credential), await c.res.clone().text(), purpose)
  await keepAnswer(db, ask, { status, answer })
})

/** Of a body that is read as it comes only what is told before it: its address holds the id that its sender made. */
async function askOf(c: Context<Env>, key: string): Promise<Ask> {
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    const message = 'Idempotency-Key: give 1 to 200 letters, digits and signs without blanks, such as a UUID'
    throw new Refusal('unreadable', 'idempotency_key_not_valid', message)
  }
  const caller = createHash('sha256').update(`idempotency ${c.var.credential}`).digest()
  const { pathname, search } = new URL(c.req.url)
  const asked = createHash('sha256').update(`${pathname}${search}\n`)
  if (streamLimit(c.req) === undefined) asked.update(Buffer.from(await c.req.arrayBuffer()))
  else asked.update(`${c.req.header('content-length')} ${c.req.header('content-type')}`)
  return { caller, key, asked: asked.digest(), claim: randomUUID() }
}

/** What came of the same request before, when it is over; nothing when the key is ours now. */
async function claimPatiently(db: Db, ask: Ask): Promise<Kept | undefined> {
  const end = Date.now() + longestWaitMs
  for (;;) {
    const kept = await claimKey(db, ask, leaseSeconds)
    if (!kept) return undefined
    if (!kept.isSame)
      throw new Refusal('not_valid', 'idempotency_key_used', 'Idempotency-Key: it stands for another request already')
    if (kept.status !== null) return kept
    if (kept.tookEffect && !kept.isAtWork) throw answerLost()
    if (Date.now() > end) throw busy()
    await sleep(lookEveryMs)
  }
}

/** Whatever this request commits says so under its key; a request that lost its key to another commits nothing. */
function fence(c: Context<Env>, ask: Ask) {
  const { context } = c.var
  const beforeCommit = async (tx: Db) => {
    if (!(await markEffect(tx, ask))) throw busy()
  }
  c.set('context', { ...context, database: { ...context.database, beforeCommit } })
}

function answerAgain({ status, answer }: Kept, credential: string): Response {
  const isProblem = status !== null && status >= 400
  const headers = {
    'content-type': isProblem ? 'application/problem+json' : 'application/json',
    'idempotency-replayed': 'true',
  }
  return new Response(unseal(sealingKeyOf(credential), answer ?? '', purpose), { status: status ?? 200, headers })
}

/** Only who asked can open the answer: it may hold a token that is told once. */
function sealingKeyOf(credential: string): KeyObject {
  return createSecretKey(createHmac('sha256', credential).update(purpose).digest())
}

function busy(): Refusal {
  const message = 'A request with this Idempotency-Key is being done just now: ask again in a moment'
  return new Refusal('conflict', 'idempotency_key_busy', message, { retryAfterSeconds: 1 })
}

function answerLost(): Refusal {
  const message = 'The request with this Idempotency-Key was done, and its answer got lost: look what it led to'
  return new Refusal('conflict', 'idempotency_answer_lost', message)
}
