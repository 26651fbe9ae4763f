import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Env } from './env.ts'
import { streamLimit } from './streams.ts'

/**
 * Refuses bodies of more than so many bytes. Where the length is told, it is believed (Node reads no further than that)
 * and the request is not looked into: a body that is touched here costs more than most requests do. Doors that read their
 * body as it comes count for themselves.
 */
export function bodyWithin(maxSize: number, onError: () => Response): MiddlewareHandler<Env> {
  const counted = bodyLimit({ maxSize, onError })
  return async (c, next) => {
    const { method } = c.req
    const length = c.req.header('content-length')
    if (method === 'GET' || method === 'HEAD') return next()
    if (streamLimit(c.req) !== undefined) return next()
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next)
    return Number(length) > maxSize ? onError() : next()
  }
}
