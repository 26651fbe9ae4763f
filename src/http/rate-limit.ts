import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { Refusal } from '../kernel/refusal.ts'
import { callerAddress } from './address.rules.ts'
import type { Env } from './env.ts'
import { answerProblem, problemFor } from './problem.ts'

/** Counts a request for the token or session that made it. Throws a Refusal (429) when there were too many. */
export async function countForCaller(c: Context<Env>, caller: string) {
  await count(c, caller, c.var.house.config.rateLimits.perCaller)
}

/** Counts a request for the address that it came from. Throws a Refusal (429) when there were too many. */
export async function countForAddress(c: Context<Env>) {
  await count(c, `address:${addressOf(c)}`, c.var.house.config.rateLimits.perAddress)
}

/** Every request counts for its address, whoever makes it. */
export const limitedByAddress = createMiddleware<Env>(async (c, next) => {
  await countForAddress(c)
  await next()
})

/** Signatures that are wrong count for their address; what is signed right is never turned away. */
export const limitedBadSignatures = createMiddleware<Env>(async (c, next) => {
  await next()
  if (c.res.status === 401) await countBadSignature(c)
  c.var.house.tally.add('webhooks_received_total', String(c.res.status))
})

async function countBadSignature(c: Context<Env>) {
  const { badSignatures } = c.var.house.config.rateLimits
  const waitSeconds = await c.var.limiter.spend(`signature:${addressOf(c)}`, badSignatures)
  if (waitSeconds > 0) c.res = answerProblem(problemFor(tooMany(badSignatures, waitSeconds)))
}

/** The other end of the connection; empty where the app is asked within this process. */
export function connectionAddress(c: Context<Env>): string {
  return c.env === undefined ? '' : (getConnInfo(c).remote.address ?? '')
}

function addressOf(c: Context<Env>): string {
  return callerAddress(connectionAddress(c), c.req.header('x-forwarded-for'), c.var.house.config.proxies)
}

async function count(c: Context<Env>, key: string, most: number) {
  const waitSeconds = await c.var.limiter.spend(key, most)
  if (waitSeconds > 0) throw tooMany(most, waitSeconds)
}

function tooMany(most: number, retryAfterSeconds: number): Refusal {
  const message = `These are more than ${most} requests in a minute: go on in ${retryAfterSeconds} s`
  return new Refusal('too_many', 'too_many_requests', message, { limitPerMinute: most, retryAfterSeconds })
}
