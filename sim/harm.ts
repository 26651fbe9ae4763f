import type { Context, MiddlewareHandler } from 'hono'
import type { SimEnv } from './context.ts'
import { isFields } from './body.ts'
import { spoil } from './spoil.ts'
import type { Fault, FaultKind, Trouble } from './trouble.ts'

const html =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>Bad Gateway</h1></center></body>\r\n</html>\r\n'

/** Lets standing faults strike: before the request is handled, or on its answer. */
export function harm(trouble: Trouble, now: () => Date): MiddlewareHandler<SimEnv> {
  const frozen = new WeakMap<Fault, string>()
  return async (c, next) => {
    const strike = (kind: FaultKind) => trouble.take(kind, { path: c.req.path, method: c.req.method })
    const slow = strike('slow')
    if (slow) await pause(number(slow, 'ms', 1000))
    const instead = insteadOf(c, strike, now)
    if (instead) return instead
    await next()
    await spoilData(c, strike)
    await freeze(c, strike('same_page'), frozen)
    return broken(c, strike)
  }
}

type Strike = (kind: FaultKind) => Fault | undefined

function insteadOf(c: Context<SimEnv>, strike: Strike, now: () => Date): Response | undefined {
  const tooMany = strike('too_many')
  if (tooMany) return tooManyAnswer(c, tooMany, now)
  if (strike('unauthorized')) return c.json({ error: 'Access token is not valid' }, 401)
  const failure = strike('server_error')
  return failure && failureAnswer(c, failure)
}

function tooManyAnswer(c: Context<SimEnv>, fault: Fault, now: () => Date): Response {
  const seconds = number(fault, 'seconds', 2)
  const how = fault['retryAfter'] ?? 'future'
  const at = new Date(now().getTime() + 1000 * (how === 'past' ? -seconds : seconds))
  if (how === 'future' || how === 'past') c.header('Retry-After', at.toUTCString())
  if (how === 'seconds') c.header('Retry-After', String(seconds))
  const legacy = how === 'body' ? { 'retry-after': at.toUTCString() } : {}
  return c.json({ error: 'Too Many Requests', message: 'Rate limiting enforced', ...legacy }, 429)
}

function failureAnswer(c: Context<SimEnv>, fault: Fault): Response {
  const status = failures.find((known) => known === fault['status']) ?? 500
  if (fault['body'] === 'empty') return c.body(null, status)
  if (fault['body'] === 'html') return c.html(html, status)
  return c.json({ error: 'Internal Server Error' }, status)
}

const failures = [500, 502, 503, 504] as const

const spoiling = ['bad_record', 'unknown_field', 'unknown_status', 'numbers_as_strings', 'strings_as_numbers'] as const

async function spoilData(c: Context<SimEnv>, strike: Strike): Promise<void> {
  if (!isJson(c.res)) return
  const faults = spoiling.flatMap((kind) => strike(kind) ?? [])
  if (faults.length === 0) return
  const body: unknown = await c.res.json()
  if (!isFields(body)) return replaceBody(c, JSON.stringify(body))
  const data = faults.reduce<unknown>((spoilt, fault) => spoil(spoilt, fault), body['data'])
  replaceBody(c, JSON.stringify({ ...body, data }))
}

/** The answer that the fault saw first, again and again: the cursor never advances. */
async function freeze(c: Context<SimEnv>, fault: Fault | undefined, frozen: WeakMap<Fault, string>): Promise<void> {
  if (!fault || !isJson(c.res)) return
  const text = frozen.get(fault) ?? (await c.res.text())
  frozen.set(fault, text)
  replaceBody(c, text)
}

async function broken(c: Context<SimEnv>, strike: Strike): Promise<void> {
  if (strike('answer_lost')) return hangUp(c)
  const truncated = strike('truncated')
  if (truncated) return truncate(c, truncated)
  const endless = strike('endless')
  if (endless) c.res = new Response(dripping(await c.res.text(), number(endless, 'ms', 50)), c.res)
}

async function truncate(c: Context<SimEnv>, fault: Fault): Promise<void> {
  const text = await c.res.text()
  const half = text.slice(0, Math.ceil(text.length / 2))
  if (fault['variant'] !== 'cut') return replaceBody(c, half)
  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }
  c.res = new Response(
    breaking(half, () => hangUp(c)),
    { status: c.res.status, headers },
  )
}

/** A body that ends with the connection, before what its header promised has come. */
function breaking(text: string, hang: () => void): ReadableStream<Uint8Array> {
  let begun = false
  return new ReadableStream({
    async pull(controller) {
      if (!begun) controller.enqueue(new TextEncoder().encode(text))
      else {
        await pause(20)
        hang()
        controller.close()
      }
      begun = true
    },
  })
}

/** What was done stays done, but nobody hears of it. */
function hangUp(c: Context<SimEnv>): void {
  c.env.incoming.socket.destroy()
}

/** The beginning of the body, then blanks until the other side gives up. */
function dripping(text: string, everyMs: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let timer: NodeJS.Timeout | undefined
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(text.slice(0, Math.ceil(text.length / 2))))
      timer = setInterval(() => controller.enqueue(encoder.encode(' ')), everyMs)
    },
    cancel: () => clearInterval(timer),
  })
}

const isJson = (answer: Response): boolean => (answer.headers.get('Content-Type') ?? '').includes('json')

function replaceBody(c: Context<SimEnv>, text: string): void {
  const headers = new Headers(c.res.headers)
  headers.delete('Content-Length')
  c.res = new Response(text, { status: c.res.status, headers })
}

function number(fault: Fault, name: string, otherwise: number): number {
  const value = fault[name]
  return typeof value === 'number' ? value : otherwise
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
