import { Hono, type Context } from 'hono'
import { describeRoute } from 'hono-openapi'
import { bodyWithin } from '../http/body-size.ts'
import type { Env } from '../http/env.ts'
import { answerProblem } from '../http/problem.ts'
import type { House } from '../house.ts'
import type { Kept } from './intake.store.ts'
import { receiveEnvelope, receiveFromLightspeed, type Letter } from './receiving.actions.ts'
import { receptionOf } from './reception.ts'

/** Far above the largest webhook seen (a sale of 500 lines has 150 kB), far below what a flood could fill memory with. */
const largestLetterBytes = 512 * 1024

/** The doors for other systems: they prove themselves by signatures, and are answered before anything is done. */
export function webhookDoors(house: House) {
  const reception = receptionOf(house)
  return new Hono<Env>()
    .use('/webhooks/*', bodyWithin(largestLetterBytes, tooLarge))
    .post('/webhooks/lightspeed/:type', about('A webhook of Lightspeed itself'), async (c) =>
      answer(c, await receiveFromLightspeed(reception, c.req.param('type').slice(0, 100), await letterOf(c))),
    )
    .post('/webhooks/lightspeed', about('A signed envelope of a relay or another system'), async (c) =>
      answer(c, await receiveEnvelope(reception, { door: 'envelope' }, await letterOf(c))),
    )
    .post('/webhooks/courier/:carrier', about('A signed envelope of a courier'), async (c) =>
      answer(
        c,
        await receiveEnvelope(reception, { door: 'courier', carrier: c.req.param('carrier') }, await letterOf(c)),
      ),
    )
    .all('/webhooks/lightspeed/:type', onlyPost)
    .all('/webhooks/lightspeed', onlyPost)
    .all('/webhooks/courier/:carrier', onlyPost)
}

function about(summary: string) {
  return describeRoute({ tags: ['webhooks'], summary, security: [] })
}

async function letterOf(c: Context<Env>): Promise<Letter> {
  const body = Buffer.from(await c.req.arrayBuffer())
  return { body, headers: c.req.raw.headers, correlationId: c.var.correlationId, now: new Date() }
}

function answer(c: Context<Env>, { id, isNew }: Kept) {
  return c.json({ status: isNew ? 'accepted' : 'already processed', id: String(id) }, 202)
}

function onlyPost(): Response {
  const refused = problem(405, 'method_not_allowed', 'Webhooks are sent by POST')
  refused.headers.set('allow', 'POST')
  return refused
}

function tooLarge(): Response {
  return problem(413, 'body_too_large', `A webhook has at most ${largestLetterBytes} bytes`)
}

function problem(status: number, code: string, detail: string): Response {
  const title = status === 413 ? 'Too large' : 'Not allowed'
  return answerProblem({ type: `urn:consign:problem:${code}`, title, status, detail, code })
}
