import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { Env } from '../http/env.ts'
import type { House } from '../house.ts'
import { metricsContentType, openMetrics } from './metrics.ts'

/** Open like the health: numbers only, nothing of the shop's people or goods. */
export function metricsRoutes(house: House) {
  const read = openMetrics(house)
  const about = describeRoute({ tags: ['health'], summary: 'Numbers for Prometheus', security: [] })
  return new Hono<Env>().get('/metrics', about, async (c) =>
    c.body(await read(), 200, { 'content-type': metricsContentType }),
  )
}
