import { Hono } from 'hono'
import { z } from 'zod'
import { must } from '../context.ts'
import { doorsOf, ifMatch } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import { asked, bridge, conflicts, triedPull, triedPush, writing as writingShape } from './bridge.shapes.ts'
import { pullNow, tryPull } from './pulling.actions.ts'
import { pushNow, pushOurs, readBridge, readConflicts, tryPush } from './resolving.actions.ts'
import { takeTheirs } from './taking.actions.ts'
import { readWriting, switchWriting } from './writing.actions.ts'

const about = doorsOf('lightspeed')
const refusals = { 403: [], 404: [], 409: [], 422: [] }
const edit = { parameters: [ifMatch] }

const trying = z.strictObject({ dryRun: z.boolean().default(false) })
const resolution = z.strictObject({
  resolution: z.enum(['push_ours', 'take_theirs']),
  dryRun: z.boolean().default(false),
})
const page = z.strictObject({
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const writing = z.strictObject({ on: z.boolean() })

export const bridgeRoutes = new Hono<Env>()
  .get(
    '/api/v1/lightspeed/writing',
    about('Whether Consign writes to this retailer', { 200: writingShape }, { 403: [] }),
    async (c) => {
      must(c.var.actor, 'sync:read')
      const { database, lightspeed } = c.var.house
      return c.json(await readWriting(database.db, lightspeed))
    },
  )
  .post(
    '/api/v1/lightspeed/writing',
    about(
      'Let Consign write to this retailer, or stop it; a real one is only read until then',
      { 200: writingShape },
      { 403: [], 422: ['lightspeed_not_connected'] },
    ),
    valid('json', writing),
    async (c) => c.json(await switchWriting(c.var.context, c.var.house.lightspeed, c.req.valid('json').on)),
  )
  .get(
    '/api/v1/consignments/:id/lightspeed',
    about(
      'What stands for it in Lightspeed, and both sides of a conflict',
      { 200: bridge },
      { 403: [], 404: ['consignment_unknown'] },
    ),
    async (c) => c.json(await readBridge(c.var, c.req.param('id'))),
  )
  .post(
    '/api/v1/consignments/:id/pushes',
    about(
      'Push it to Lightspeed now, or with `dryRun` say which requests that would be',
      { 200: triedPush, 202: asked },
      refusals,
      edit,
    ),
    valid('json', trying),
    async (c) => {
      const { context, house, correlationId } = c.var
      const ref = c.req.param('id')
      const client = house.lightspeed.client.causedBy(correlationId, { isWatched: true })
      if (c.req.valid('json').dryRun) return c.json(await tryPush(context, client, { ref, signal: c.req.raw.signal }))
      const done = await pushNow(context, { ref, ifMatch: versionsAsked(c) })
      sayVersion(c, String(done.version))
      return c.json({ dryRun: false as const, ...done }, 202)
    },
  )
  .post(
    '/api/v1/consignments/:id/pulls',
    about(
      'Read it in Lightspeed now and take over what somebody did there, or with `dryRun` say what that would be',
      { 200: z.union([triedPull, bridge]) },
      refusals,
    ),
    valid('json', trying),
    async (c) => {
      const { context, house, correlationId } = c.var
      const client = house.lightspeed.client.causedBy(correlationId, { isWatched: true })
      const question = { ref: c.req.param('id'), signal: c.req.raw.signal, client, house }
      if (c.req.valid('json').dryRun) return c.json(await tryPull(context, question))
      return c.json(await pullNow(context, question))
    },
  )
  .post(
    '/api/v1/consignments/:id/resolutions',
    about(
      'Both sides changed: push ours over what is in Lightspeed, or take theirs as far as the law lets',
      { 200: asked },
      refusals,
      edit,
    ),
    valid('json', resolution),
    async (c) => {
      const { resolution: way, dryRun } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun }
      const done = await (way === 'push_ours' ? pushOurs : takeTheirs)(c.var.context, target)
      sayVersion(c, String(done.version))
      return c.json({ dryRun, ...done })
    },
  )
  .get(
    '/api/v1/conflicts',
    about('Documents that both sides changed, with both sides, the newest first', { 200: conflicts }, { 403: [] }),
    valid('query', page),
    async (c) => c.json(await readConflicts(c.var.context, c.req.valid('query'))),
  )
