import { isFields, listIn, type Fields } from './body.ts'
import { openSim, type Sim, type SimOptions } from './server.ts'

export type Answer = { status: number; headers: Headers; body: Fields }

/** A simulated shop and somebody who asks it things: for the stories. */
export type Visitor = {
  sim: Sim
  /** Paths without `/api` or `/sim` in front are those of API 2.0. */
  get(path: string, token?: string): Promise<Answer>
  send(method: string, path: string, body: unknown): Promise<Answer>
  /** All rows of a list above a version, page after page. */
  walk(path: string, pageSize?: number, from?: number): Promise<Fields[]>
  [Symbol.asyncDispose](): Promise<void>
}

export async function visit(options: SimOptions = {}): Promise<Visitor> {
  const sim = await openSim({ scale: 'tiny', ...options })
  const ask = async (path: string, init: RequestInit, token = sim.token): Promise<Answer> => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const url = /^\/(api|sim|connect)\b/.test(path) ? path : `/api/2.0${path}`
    const response = await fetch(sim.url + url, { ...init, headers })
    return { status: response.status, headers: response.headers, body: read(await response.text()) }
  }
  const get = (path: string, token?: string) => ask(path, {}, token)

  return {
    sim,
    get,
    send: (method, path, body) => ask(path, { method, body: JSON.stringify(body) }),
    async walk(path, pageSize = 100, from = 0) {
      const rows: Fields[] = []
      const query = path.includes('?') ? '&' : '?'
      for (let after = from; ;) {
        const { status, body } = await get(`${path}${query}after=${after}&page_size=${pageSize}`)
        if (status !== 200) throw new Error(`${path} answered ${status}`)
        const page = listIn(body['data'])
        if (page.length === 0) return rows
        rows.push(...page)
        after = Number(isFields(body['version']) ? body['version']['max'] : Number.NaN)
      }
    },
    [Symbol.asyncDispose]: () => sim[Symbol.asyncDispose](),
  }
}

/** An object; anything else as its `value`. */
function read(text: string): Fields {
  const value: unknown = text === '' ? {} : JSON.parse(text)
  return isFields(value) ? value : { value }
}

/** The rows in an answer. */
export const rowsIn = ({ body }: Answer): Fields[] => listIn(body['data'])

/** The one object in an answer. */
export const rowIn = ({ body }: Answer): Fields => (isFields(body['data']) ? body['data'] : {})

/** The first of some rows, which must be there. */
export function first(rows: Fields[]): Fields {
  const [row] = rows
  if (!row) throw new Error('There is no row')
  return row
}
