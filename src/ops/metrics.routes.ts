import { Hono } from 'hono'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import type { House } from '../house.ts'
import { metricsContentType, openMetrics } from './metrics.ts'

const numbers = {
  description: 'The text format of Prometheus',
  content: { 'text/plain': { schema: { type: 'string' } } },
} as const

/** Open like the health: numbers only, nothing of the shop's people or goods. */
export function metricsRoutes(house: House) {
  const read = openMetrics(house)
  const about = doorsOf('health')('Numbers for Prometheus', { 200: numbers }, {}, { isOpen: true })
  return new Hono<Env>().get('/metrics', about, async (c) =>
    c.body(await read(), 200, { 'content-type': metricsContentType }),
  )
}
