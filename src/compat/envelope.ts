import { createMiddleware } from 'hono/factory'
import type { Env } from '../http/env.ts'

/** The form of every answer to a script of the earlier system: what came of it, or why not, and when. */
export const inEnvelope = createMiddleware<Env>(async (c, next) => {
  await next()
  const said: unknown = c.res.headers.get('content-type')?.includes('json') ? await c.res.clone().json() : null
  const isDone = c.res.ok
  const told = isDone ? { success: true, result: said } : { success: false, error: said }
  const headers = new Headers(c.res.headers)
  headers.set('content-type', 'application/json')
  headers.delete('content-length')
  const body = JSON.stringify({ ...told, timestamp: new Date().toISOString() })
  const { status } = c.res
  c.res = undefined
  c.res = new Response(body, { status, headers })
})
