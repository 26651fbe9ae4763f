import { Hono } from 'hono'
import { z } from 'zod'
import { words } from '../consignments/fields.ts'
import { doorsOf, ifMatch, told } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { versionsAsked } from '../http/versions.ts'
import { beginDelivery, completeDelivery, readDeliveries } from './deliveries.actions.ts'
import { begun, deliveryPage, ended, receipt, scansCounted } from './deliveries.shapes.ts'
import { readReceipt } from './receipt.actions.ts'
import { countScans } from './scans.actions.ts'
import { mostScans, scansField } from './scans.fields.ts'

const about = doorsOf('receiving')

const refusals = { 403: [], 404: [], 409: [], 422: [] }

const dryRun = z.boolean().default(false)
const beginning = z.strictObject({ id: z.uuid(), note: words(2000).nullish(), dryRun })
const scanning = z.strictObject({ scans: scansField, dryRun })
const ending = z.strictObject({ outcome: z.enum(['more_to_come', 'complete']), dryRun })
const address = z.object({ id: z.string(), deliveryId: z.uuid() })

export const deliveryRoutes = new Hono<Env>()
  .post(
    '/api/v1/consignments/:id/deliveries',
    about(
      'Begin a delivery under an id of one’s own; while one is open, count along in that',
      { 200: told(begun, 'It was begun before'), 201: begun },
      refusals,
    ),
    valid('json', beginning),
    async (c) => {
      const { id, note = null, dryRun: isTried } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: undefined, dryRun: isTried }
      const done = await beginDelivery(c.var.context, target, { id, note })
      return c.json(done, done.isNew && !isTried ? 201 : 200)
    },
  )
  .get(
    '/api/v1/consignments/:id/deliveries',
    about('What arrived of it until now, the first delivery first', { 200: deliveryPage }, refusals),
    async (c) => c.json(await readDeliveries(c.var.context, c.req.param('id'))),
  )
  .get(
    '/api/v1/consignments/:id/deliveries/:deliveryId',
    about('What is expected, what was counted, what differs', { 200: receipt }, refusals),
    valid('param', address),
    async (c) => {
      const { id, deliveryId } = c.req.valid('param')
      return c.json(await readReceipt(c.var.context, id, deliveryId))
    },
  )
  .post(
    '/api/v1/consignments/:id/deliveries/:deliveryId/scans',
    about(
      `Count up to ${mostScans.toLocaleString('en')} scans, each once, however often they come`,
      { 200: scansCounted },
      refusals,
    ),
    valid('param', address),
    valid('json', scanning, { isTextRead: true }),
    async (c) => {
      const { id: ref, deliveryId } = c.req.valid('param')
      const { scans, dryRun: isTried } = c.req.valid('json')
      return c.json(
        await countScans(c.var.context, { ref, ifMatch: undefined, dryRun: isTried }, { deliveryId, scans }),
      )
    },
  )
  .post(
    '/api/v1/consignments/:id/deliveries/:deliveryId/completion',
    about('End it: what was counted is what was received', { 200: ended }, refusals, { parameters: [ifMatch] }),
    valid('param', address),
    valid('json', ending),
    async (c) => {
      const { id: ref, deliveryId } = c.req.valid('param')
      const { outcome, dryRun: isTried } = c.req.valid('json')
      const target = { ref, ifMatch: versionsAsked(c), dryRun: isTried }
      return c.json(await completeDelivery(c.var.context, target, { deliveryId, outcome }))
    },
  )
