import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { must } from '../context.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { versionsAsked } from '../http/versions.ts'
import { pushNow, pushOurs, readBridge, tryPush } from './resolving.actions.ts'
import { readWriting, switchWriting } from './writing.actions.ts'

const about = (summary: string) => describeRoute({ tags: ['lightspeed'], summary })

const trying = z.strictObject({ dryRun: z.boolean().default(false) })
const resolution = z.strictObject({ resolution: z.enum(['push_ours']) })
const writing = z.strictObject({ on: z.boolean() })

export const bridgeRoutes = new Hono<Env>()
  .get('/api/v1/lightspeed/writing', about('Whether Consign writes to this retailer'), async (c) => {
    must(c.var.actor, 'sync:read')
    const { database, lightspeed } = c.var.house
    return c.json(await readWriting(database.db, lightspeed))
  })
  .post(
    '/api/v1/lightspeed/writing',
    about('Let Consign write to this retailer, or stop it; a real one is only read until then'),
    valid('json', writing),
    async (c) => c.json(await switchWriting(c.var.context, c.var.house.lightspeed, c.req.valid('json').on)),
  )
  .get(
    '/api/v1/consignments/:id/lightspeed',
    about('What stands for it in Lightspeed, and both sides of a conflict'),
    async (c) => {
      must(c.var.actor, 'consignments:read')
      return c.json(await readBridge(c.var.context, c.req.param('id')))
    },
  )
  .post(
    '/api/v1/consignments/:id/pushes',
    about('Push it to Lightspeed now, or with `dryRun` say which requests that would be'),
    valid('json', trying),
    async (c) => {
      const { context, house, correlationId } = c.var
      const ref = c.req.param('id')
      const client = house.lightspeed.client.causedBy(correlationId, { isWatched: true })
      if (c.req.valid('json').dryRun) return c.json(await tryPush(context, client, { ref, signal: c.req.raw.signal }))
      return c.json({ dryRun: false as const, ...(await pushNow(context, { ref, ifMatch: versionsAsked(c) })) }, 202)
    },
  )
  .post(
    '/api/v1/consignments/:id/resolutions',
    about('Both sides changed: push ours over what is in Lightspeed'),
    valid('json', resolution),
    async (c) => c.json(await pushOurs(c.var.context, { ref: c.req.param('id'), ifMatch: versionsAsked(c) })),
  )
