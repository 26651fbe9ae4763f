import { setTimeout as sleep } from 'node:timers/promises'
import { tryOnce, type Answer, type Tried } from './attempt.ts'
import type { CircuitBreaker } from './breaker.ts'
import { isPassing, type TrialEnd } from './breaker.rules.ts'
import type { RateBudget, Wait } from './budget.ts'
import type { Priority } from './budget.rules.ts'
import type { Access, Credentials } from './credentials.ts'
import { endpoints, type Endpoint } from './endpoints.ts'
import { holdsRecords, readContents } from './envelope.rules.ts'
import { usualLimits, type Limits, type Outgoing } from './exchange.ts'
import { pathOf, queryOf, type PathParams } from './path.rules.ts'
import { afterFailure, type Method, type Next } from './retry.rules.ts'
import { banOf, checked, failureOf } from './tried.ts'
import { userAgent } from './user-agent.ts'

type Request = {
  method: Method
  /** Such as /api/2.0/products, without query. */
  path: string
  query?: Record<string, string | number | boolean> | undefined
  /** Sent as JSON. */
  body?: unknown
  /** Never repeated without a look, whatever its method: it sets what others may have moved meanwhile. */
  isOnce?: boolean | undefined
  /** People go before the sync when requests are short. `sync` if nothing is said. */
  priority?: Priority | undefined
  signal?: AbortSignal | undefined
}

type ListWishes = {
  /** Exclusive: records with higher versions than this. */
  after?: number | undefined
  before?: number | undefined
  pageSize?: number | undefined
  /** Tombstones too; asked for wherever the endpoint has them, if nothing is said. */
  deleted?: boolean | undefined
  /** What the braces of the endpoint's path name; the rest goes into the query. */
  params?: PathParams | undefined
  priority?: Priority | undefined
  signal?: AbortSignal | undefined
}

type Manner = Pick<Request, 'priority' | 'signal'>

type Page = { records: unknown[]; max: number | null; bytes: number; ms: { network: number; parse: number } }

type CauseOptions = {
  /** Somebody watches: while Lightspeed is left alone (breaker.ts) requests are refused, and not held back. */
  isWatched?: boolean
}

export type Lightspeed = {
  /**
   * One request, repeated where that is safe (retry.rules.ts). A DELETE of what is gone already succeeds with 404.
   * Throws a LightspeedError, or the signal's reason once it is aborted.
   */
  request(request: Request): Promise<Answer>
  /** One page of a collection. */
  list(endpoint: Endpoint, wishes?: ListWishes): Promise<Page>
  /** One record: by its id, or the only one of its endpoint. */
  get(endpoint: Endpoint, params?: PathParams, how?: Manner): Promise<unknown>
  /** The same client, whose calls are logged as caused by a request, a run or a job. */
  causedBy(correlationId: string, how?: CauseOptions): Lightspeed
  /** Tells when requests begin to wait for the rate limit (a second or longer) or the breaker, and null when they go on. */
  onWait(listener: (wait: Wait | null) => void): () => void
}

/** What may be logged of one try: never a token, never a body. `status` is null where no answer came. */
export type LogLine = {
  method: Method
  path: string
  status: number | null
  ms: number
  attempt: number
  correlationId: string | null
  failure?: string
}

export type LightspeedOptions = {
  credentials: Credentials
  budget: RateBudget
  /** Leaves Lightspeed alone while it fails; without one it is always asked. */
  breaker?: CircuitBreaker
  log?: ((line: LogLine) => void) | undefined
  userAgent?: string
  limits?: Partial<Limits>
  correlationId?: string
  isWatched?: boolean
  /** For tests: how to pause between two tries, and where the jitter comes from. */
  pause?: (ms: number, signal?: AbortSignal) => Promise<void>
  random?: () => number
}

/** A client of one retailer. All clients on one budget together stay within what Lightspeed allows. */
export function openLightspeed(options: LightspeedOptions): Lightspeed {
  return new Client(options)
}

class Client implements Lightspeed {
  readonly #options: LightspeedOptions
  readonly #limits: Limits

  constructor(options: LightspeedOptions) {
    this.#options = options
    this.#limits = { ...usualLimits, ...options.limits }
  }

  request(request: Request): Promise<Answer> {
    return this.#perform(request, () => true)
  }

  async list(endpoint: Endpoint, wishes: ListWishes = {}): Promise<Page> {
    const { path, rest } = pathOf(endpoint.path, wishes.params ?? {})
    const query = { ...cursorQuery(endpoint, wishes), ...rest }
    const answer = await this.#perform({ ...wishes, method: 'GET', path, query }, (body) =>
      holdsRecords(body, endpoint.cursor),
    )
    const { records, max } = readContents(answer.body)
    if (endpoint === endpoints.registers && !wishes.after) await this.#countRegisters(answer, records)
    return { records, max, bytes: answer.bytes, ms: answer.ms }
  }

  async get(endpoint: Endpoint, params: PathParams = {}, how: Manner = {}): Promise<unknown> {
    const isOneOfMany = 'id' in params && !endpoint.path.includes('{id}')
    const { path, rest } = pathOf(isOneOfMany ? `${endpoint.path}/{id}` : endpoint.path, params)
    const answer = await this.#perform({ ...how, method: 'GET', path, query: rest }, (body) =>
      holdsRecords(body, false),
    )
    return readContents(answer.body).records[0]
  }

  causedBy(correlationId: string, { isWatched = false }: CauseOptions = {}): Lightspeed {
    return new Client({ ...this.#options, correlationId, isWatched })
  }

  onWait(listener: (wait: Wait | null) => void): () => void {
    const { budget, breaker } = this.#options
    const stops = [budget.onWait(listener), breaker?.onWait(listener)]
    return () => stops.forEach((stop) => stop?.())
  }

  async #perform(request: Request, accepts: (body: unknown) => boolean): Promise<Answer> {
    const { credentials, pause = waitFor } = this.#options
    const { signal } = request
    let hasRenewed = false
    for (let attempt = 1; ; attempt++) {
      const { token, tried, next } = await this.#pass(request, accepts, { attempt, hasRenewed })
      if ('answer' in tried) return tried.answer
      const canGoOn = next.act === 'renew' ? await credentials.renew(token, signal) : next.act === 'retry'
      if (!canGoOn) throw tried.error
      hasRenewed ||= next.act === 'renew'
      if (next.act === 'retry' && tried.error.kind !== 'rate_limited') await pause(next.waitMs, signal)
    }
  }

  /** One try, if Lightspeed is not left alone just now. */
  async #pass(request: Request, accepts: (body: unknown) => boolean, turnOf: { attempt: number; hasRenewed: boolean }) {
    const { breaker, isWatched = false } = this.#options
    const passage = await breaker?.pass(isWatched ? 'person' : (request.priority ?? 'sync'), request.signal)
    let end: TrialEnd = 'unknown'
    try {
      const trying = await this.#try(request, accepts, turnOf)
      end = 'error' in trying.tried && isPassing(trying.tried.error.kind) ? 'failed' : 'answered'
      return trying
    } finally {
      await passage?.end(end)
    }
  }

  /** One try, within the budget. After a 429 it is the budget that waits, so that every process does. */
  async #try(request: Request, accepts: (body: unknown) => boolean, turnOf: { attempt: number; hasRenewed: boolean }) {
    const { budget, credentials, random = Math.random } = this.#options
    const { priority = 'sync', signal } = request
    const method = request.isOnce === true ? 'POST' : request.method
    const turn = await budget.enter(priority, signal)
    let heard: Parameters<typeof turn.leave>[0] = null
    try {
      const access = await credentials.access(signal)
      const outgoing = this.#outgoing(request, access)
      const tried = checked(await tryOnce(outgoing, this.#limits, signal), outgoing, accepts)
      this.#log(request, tried, turnOf.attempt)
      const next = 'error' in tried ? afterFailure({ method, ...turnOf, ...failureOf(tried) }, random()) : stop
      heard = tried.heard && { ...tried.heard, ban: banOf(tried, next) }
      return { token: access.token, tried, next }
    } finally {
      await turn.leave(heard)
    }
  }

  #outgoing({ method, path, query = {}, body }: Request, { origin, token }: Access): Outgoing {
    const headers: Record<string, string> = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'user-agent': this.#options.userAgent ?? userAgent,
    }
    if (body === undefined) return { method, origin, path, query: queryOf(query), headers }
    headers['content-type'] = 'application/json'
    return { method, origin, path, query: queryOf(query), headers, body: JSON.stringify(body) }
  }

  #log({ method, path }: Request, tried: Tried, attempt: number) {
    const status = 'answer' in tried ? tried.answer.status : (tried.error.status ?? null)
    const failure = 'error' in tried ? { failure: tried.error.kind } : {}
    const { log, correlationId = null } = this.#options
    log?.({ method, path, status, ms: Math.round(tried.ms), attempt, correlationId, ...failure })
  }

  /** Where Lightspeed's answers name no limit, the shop's registers tell what it is. */
  async #countRegisters({ headers }: Answer, records: unknown[]) {
    if (headers.has('x-ratelimit-limit')) return
    await this.#options.budget.learnRegisters(records.filter(isInUse).length)
  }
}

const stop: Next = { act: 'give_up' }

function cursorQuery({ cursor, deleted, pageSize }: Endpoint, wishes: ListWishes): PathParams {
  const asksDeleted = deleted !== 'no' && wishes.deleted !== false
  return {
    ...(cursor ? { after: wishes.after ?? 0, page_size: wishes.pageSize ?? pageSize } : {}),
    ...(cursor && wishes.before !== undefined ? { before: wishes.before } : {}),
    ...(asksDeleted ? { deleted: true } : {}),
  }
}

function isInUse(record: unknown): boolean {
  return typeof record === 'object' && record !== null && !('deleted_at' in record && record.deleted_at)
}

async function waitFor(ms: number, signal?: AbortSignal) {
  try {
    await sleep(ms, undefined, signal ? { signal } : {})
  } catch (error) {
    throw signal?.reason ?? error
  }
}
