import type { SimContext } from './context.ts'
import { idIn } from './consignments-rows.ts'
import type { Row } from './store.ts'
import type { Fault, FaultKind } from './trouble.ts'
import { signatureOf } from './webhooks-signature.ts'

type Attempt = { at: string; ms: number; status?: number; error?: string }

type Delivery = {
  id: number
  webhook_id: string
  type: string
  url: string
  state: 'waiting' | 'delivered' | 'given_up' | 'lost' | 'not_sent'
  reason?: string
  /** The delivery that this one repeats. */
  repeats?: number
  body: string
  signature?: string
  attempts: Attempt[]
}

export type Deliveries = {
  /** Sends a payload to each of the hooks, a little later. */
  send(hooks: Row[], payload: string): void
  list(filter: { type?: string; state?: string; url?: string }): Delivery[]
  forget(): void
}

const atOnce = 8
const mostKept = 5_000

export function openDeliveries(context: SimContext): Deliveries {
  const { judgments } = context
  const log: Delivery[] = []
  const held = new Map<string, Delivery>()
  const post = openPost(context)
  let lastId = 0

  const make = (hook: Row, payload: string): Delivery => {
    const delivery: Delivery = { id: ++lastId, ...letter(context, hook, payload), state: 'waiting', attempts: [] }
    log.push(delivery)
    if (log.length > mostKept) log.splice(0, log.length - mostKept)
    return delivery
  }

  const release = (webhookId: string) => {
    const waiting = held.get(webhookId)
    held.delete(webhookId)
    if (waiting) post(waiting, 0)
  }

  const hold = (delivery: Delivery, ms: number) => {
    release(delivery.webhook_id)
    held.set(delivery.webhook_id, delivery)
    context.afterDelay(ms, () => {
      if (held.get(delivery.webhook_id) === delivery) release(delivery.webhook_id)
    })
  }

  const sendOne = (hook: Row, payload: string) => {
    const delivery = make(hook, payload)
    const strike = (kind: FaultKind) => strikeOf(context, delivery, kind)
    if (!judgments.webhooksLeaveThisMachine && !isHere(delivery.url)) {
      Object.assign(delivery, { state: 'not_sent', reason: 'Only addresses of this machine are written to' })
      return
    }
    if (strike('webhook_lost')) return void (delivery.state = 'lost')
    const outOfOrder = strike('webhook_out_of_order')
    if (outOfOrder) return hold(delivery, msOf(outOfOrder, 2000))
    const late = strike('webhook_late')
    const delay = judgments.webhookDelayMs + (late ? msOf(late, 3000) : 0)
    post(delivery, delay, () => release(delivery.webhook_id))
    if (strike('webhook_twice')) post(Object.assign(make(hook, payload), { repeats: delivery.id }), delay)
  }

  return {
    send: (hooks, payload) => hooks.forEach((hook) => sendOne(hook, payload)),
    list: (filter) => log.filter((each) => isAsked(each, filter)),
    forget: () => void log.splice(0),
  }
}

function letter({ judgments, clientSecret, domainPrefix }: SimContext, hook: Row, payload: string) {
  const form = new URLSearchParams({ payload })
  if (judgments.webhookFormExtras) {
    form.set('domain_prefix', domainPrefix)
    form.set('environment', 'prod')
  }
  const body = form.toString()
  const signed = judgments.webhooksSigned ? { signature: signatureOf(body, clientSecret, judgments.webhookDigest) } : {}
  return { webhook_id: hook.id, type: idIn(hook, 'type'), url: idIn(hook, 'url'), body, ...signed }
}

/** A fault may name one type of webhook, or a part of the receiver's path. */
const strikeOf = ({ trouble }: SimContext, delivery: Delivery, kind: FaultKind): Fault | undefined =>
  trouble.take(kind, {
    path: new URL(delivery.url).pathname,
    method: 'POST',
    accepts: (fault) => fault['type'] === undefined || fault['type'] === delivery.type,
  })

const msOf = (fault: Fault, otherwise: number): number => (typeof fault['ms'] === 'number' ? fault['ms'] : otherwise)

function isHere(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

const isAsked = (delivery: Delivery, { type, state, url }: { type?: string; state?: string; url?: string }): boolean =>
  (type === undefined || delivery.type === type) &&
  (state === undefined || delivery.state === state) &&
  (url === undefined || delivery.url === url)

/** Posts a few at a time; what fails is tried again later and later. */
function openPost(context: SimContext) {
  const waiting: (() => Promise<void>)[] = []
  let active = 0

  const next = async (): Promise<void> => {
    if (active >= atOnce) return
    active++
    for (let work = waiting.shift(); work; work = waiting.shift()) await work()
    active--
  }

  const post = (delivery: Delivery, ms: number, afterwards?: () => void): void =>
    context.afterDelay(ms, () => {
      waiting.push(async () => {
        delivery.attempts.push(await attempt(context, delivery))
        afterwards?.()
        const again = outcome(context, delivery)
        if (again !== undefined) post(delivery, again)
      })
      return next()
    })
  return post
}

async function attempt({ store, judgments }: SimContext, { url, body, signature }: Delivery): Promise<Attempt> {
  const started = performance.now()
  const at = store.now().toISOString()
  const ms = () => Math.round(performance.now() - started)
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'User-Agent': 'Simulated-Lightspeed/1.0' }
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: signature === undefined ? headers : { ...headers, 'X-Signature': signature },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(judgments.webhookTimeoutMs),
    })
    await answer.body?.cancel()
    return { at, ms: ms(), status: answer.status }
  } catch (error) {
    return { at, ms: ms(), error: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

/** Milliseconds until the next attempt, or nothing when the delivery is over. */
function outcome({ judgments }: SimContext, delivery: Delivery): number | undefined {
  const status = delivery.attempts.at(-1)?.status ?? 0
  const refused = status >= 300 && status < 500 && judgments.webhookGivesUpOn === '3xx_4xx'
  const retries = delivery.attempts.length - 1
  if (status >= 200 && status < 300) delivery.state = 'delivered'
  else if (refused || retries >= judgments.webhookRetries) delivery.state = 'given_up'
  else return judgments.webhookFirstRetryMs * judgments.webhookRetryGrowth ** retries
  return undefined
}
