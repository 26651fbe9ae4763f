import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'

const about = (summary: string) => describeRoute({ tags: ['lightspeed'], summary })

export const lightspeedRoutes = new Hono<Env>()
  .get('/api/v1/lightspeed', about('Which retailer is mirrored, and whether it can be reached'), (c) => {
    must(c.var.actor, 'sync:read')
    return c.json(c.var.house.lightspeed.describe())
  })
  .post('/api/v1/lightspeed/checks', about('Ask Lightspeed now: connection and sign-in'), async (c) => {
    must(c.var.actor, 'sync:read')
    return c.json(await c.var.house.lightspeed.check({ fresh: true }))
  })
