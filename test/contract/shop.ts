import { openSim, type SimOptions } from '#sim/server.ts'

export type Json = { [field: string]: unknown }

export type Answer = { method: string; path: string; status: number; headers: Headers; body: unknown }

/** A shop that the contract is checked at: the simulator, or a real one. */
export type Shop = {
  kind: 'simulator' | 'real'
  /** Paths are those of API 2.0: `/products?page_size=5`. */
  get(path: string): Promise<Answer>
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer>
  /** A request with another token, or with none. */
  as(token: string | undefined, path: string): Promise<Answer>
  /** How long something that the shop does by itself may take. */
  patienceMs: number
}

export type Address = { baseUrl: string; token: string }

/** A real shop; `baseUrl` is the origin under which `/api/2.0` lies. */
export const realShop = (address: Address): Shop => shopAt(address, 'real', 60_000)

/** A simulated shop of its own, in which what takes a moment takes a short one. */
export async function openSimulatedShop(options: SimOptions = {}): Promise<Shop & AsyncDisposable> {
  const judgments = { lineProcessingMs: 5, stocktakeJobMs: 5, disassociationDelayMs: 5, ...options.judgments }
  const sim = await openSim({ scale: 'tiny', rateLimit: 'off', ...options, judgments })
  const shop = shopAt({ baseUrl: sim.url, token: sim.token }, 'simulator', 5000)
  return { ...shop, [Symbol.asyncDispose]: () => sim[Symbol.asyncDispose]() }
}

/** The same shop, with somebody who hears every answer. */
export function overheard(shop: Shop, hear: (answer: Answer) => void): Shop {
  const told = async (answer: Promise<Answer>) => {
    hear(await answer)
    return answer
  }
  return {
    ...shop,
    get: (path) => told(shop.get(path)),
    send: (method, path, body) => told(shop.send(method, path, body)),
    as: (token, path) => told(shop.as(token, path)),
  }
}

function shopAt({ baseUrl, token }: Address, kind: Shop['kind'], patienceMs: number): Shop {
  const ask = async (path: string, init: { method: string; body?: unknown }, bearer: string | undefined = token) => {
    const response = await fetch(new URL(`/api/2.0${path}`, baseUrl), {
      method: init.method,
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'Consign-contract/0.1',
        ...(bearer === '' ? {} : { Authorization: `Bearer ${bearer}` }),
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
      signal: AbortSignal.timeout(60_000),
    })
    const body = read(await response.text())
    return { method: init.method, path, status: response.status, headers: response.headers, body }
  }
  return {
    kind,
    patienceMs,
    get: (path) => ask(path, { method: 'GET' }),
    send: (method, path, body) => ask(path, { method, body }),
    as: (other, path) => ask(path, { method: 'GET' }, other ?? ''),
  }
}

/** JSON where it is JSON, else the text. */
function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The rows of a list's answer. */
export function rowsIn({ body }: Answer): Json[] {
  const data = isJson(body) ? body['data'] : undefined
  return Array.isArray(data) ? data.filter(isJson) : []
}

/** The one object of an answer, inside `data` or flat. */
export function rowIn({ body }: Answer): Json {
  if (!isJson(body)) return {}
  return isJson(body['data']) ? body['data'] : body
}

export const textIn = (row: Json | undefined, field: string): string => {
  const value = row?.[field]
  return typeof value === 'string' ? value : ''
}
