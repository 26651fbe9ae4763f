import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { openSim } from '#sim/server.ts'
import type { Db } from '#src/db/database.ts'
import { openShop, type ShopOptions } from './shop.ts'
import { until } from './workers.ts'

export const clientSecret = 'the-secret-of-our-lightspeed-app'
export const envelopeSecret = 'the-secret-of-the-relay'

/** Settings with which each webhook door is open. */
export const webhookEnv = {
  LIGHTSPEED_CLIENT_SECRET: clientSecret,
  LS_WEBHOOK_SECRET: envelopeSecret,
  COURIER_WEBHOOK_SECRETS: 'nzpost=the-secret-of-the-post gss=another-one',
}

export const hmac = (body: string, secret: string) => createHmac('sha256', secret).update(body)

/** As an envelope's sender signs. */
export const signed = (body: string, secret = envelopeSecret) => `sha256=${hmac(body, secret).digest('hex')}`

let letters = 0

/** An envelope, sent now, that differs from every other unless it is told its id. */
export function envelope(more: object = {}): string {
  const created = new Date().toISOString()
  return JSON.stringify({
    event_id: `letter-${++letters}`,
    event_type: 'product.updated',
    created_at: created,
    data: {},
    ...more,
  })
}

type Asked = { request: (path: string, init?: RequestInit) => Response | Promise<Response> }
type Door = { app: Asked; db: Db }

export async function post(shop: Door, path: string, body: string, headers: Record<string, string> = {}) {
  const answer = await shop.app.request(path, { method: 'POST', body, headers })
  return { status: answer.status, said: await answer.text() }
}

export const sendEnvelope = (shop: Door, body: string, signature = signed(body), path = '/webhooks/lightspeed') =>
  post(shop, path, body, { 'x-lightspeed-signature': signature })

/** As Lightspeed sends: a form, signed over its bytes. */
export function sendForm(shop: Door, type: string, payload: object, signature?: (body: string) => string) {
  const body = new URLSearchParams({ payload: JSON.stringify(payload), environment: 'prod' }).toString()
  const value = signature?.(body) ?? `signature=${hmac(body, clientSecret).digest('hex')},algorithm=HMAC-SHA256`
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-signature': value }
  return post(shop, `/webhooks/lightspeed/${type}`, body, headers)
}

export const storedEvents = ({ db }: { db: Db }) => db.selectFrom('webhook_event').selectAll().orderBy('id').execute()

/** A shop that Lightspeed sends its webhooks to, which does what they mean. It never looks by itself. */
export async function openHookedShop(options: ShopOptions = {}) {
  await using stack = new AsyncDisposableStack()
  const shop = stack.use(
    await openShop({ ...options, serve: true, env: { ...webhookEnv, ...(await secretOfSim()), ...options.env } }),
  )
  const answer = await shop.api.api.v1['webhook-registrations'].$post({ json: { url: shop.url } })
  assert.equal(answer.status, 200)
  const closing = stack.move()
  const settled = () => until(async () => (await storedEvents(shop)).every(({ state }) => state === 'processed'))
  return { ...shop, settled, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

/** The simulated retailer's secret follows from its seed. */
async function secretOfSim() {
  await using sim = await openSim({ scale: 'tiny', seed: 1 })
  return { LIGHTSPEED_CLIENT_SECRET: sim.clientSecret }
}
