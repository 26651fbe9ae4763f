import type { MiddlewareHandler } from 'hono'
import type { SimEnv } from './context.ts'

type LoggedRequest = {
  method: string
  path: string
  status: number
  at: Date
  authorization: 'bearer' | 'other' | 'none'
}

/** What was asked of the simulator, oldest first; only the newest are kept. */
export type RequestLog = LoggedRequest[]

const most = 10_000

export function recording(log: RequestLog): MiddlewareHandler<SimEnv> {
  return async (c, next) => {
    const at = new Date()
    await next()
    const { search } = new URL(c.req.url)
    log.push({
      method: c.req.method,
      path: c.req.path + search,
      status: c.res.status,
      at,
      authorization: kindOf(c.req.header('Authorization')),
    })
    if (log.length > most) log.splice(0, log.length - most)
  }
}

function kindOf(header: string | undefined): LoggedRequest['authorization'] {
  if (header === undefined) return 'none'
  return /^Bearer /i.test(header) ? 'bearer' : 'other'
}
