import { DetailedError } from 'hono/client'

/** What to tell a person: a few words, and the whole sentence with the cure. */
export type Trouble = { title: string; detail: string; status: number | null }

const away: Trouble = {
  title: 'Consign does not answer',
  detail: 'The server may have been stopped. This page goes on by itself as soon as it is back.',
  status: null,
}

/** Puts any failed request into words: the server's problem+json where it sent one. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof DetailedError)) return away
  const status = error.statusCode ?? null
  const { title, detail } = problemIn(error.detail)
  if (title === undefined || detail === undefined) return { ...away, status }
  return { title, detail, status }
}

/** Whether the server said that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return troubleOf(error).status === 401
}

/** Whether asking again may help: nothing was answered, or the server itself was in trouble. */
export function isPassing(error: unknown): boolean {
  const { status } = troubleOf(error)
  return status === null || status === 503
}

function problemIn(detail: unknown): { title?: string; detail?: string } {
  const data = fieldOf(detail, 'data')
  const title = fieldOf(data, 'title')
  const said = fieldOf(data, 'detail')
  return typeof title === 'string' && typeof said === 'string' ? { title, detail: said } : {}
}

function fieldOf(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined
}
