import { randomUUID } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'

const correlationHeader = 'x-correlation-id'

const sane = /^[\w.:-]{1,128}$/

/**
 * Each request has an id that goes through everything it causes: runs, jobs, calls to Lightspeed, the audit. The caller
 * may bring its own in `x-correlation-id`; the answer says which one it became.
 */
export const correlated = createMiddleware<Env>(async (c, next) => {
  const brought = c.req.header(correlationHeader)
  const id = brought !== undefined && sane.test(brought) ? brought : randomUUID()
  c.set('correlationId', id)
  await next()
  c.res.headers.set(correlationHeader, id)
})
