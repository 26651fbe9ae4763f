import { Hono } from 'hono'
import { z } from 'zod'
import { quantityField, remoteId, words } from '../consignments/fields.ts'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { readArrivals } from './arrivals.actions.ts'
import { arrivals, recountAnswered, recountPage, recounts, recountsAsked } from './receipts.shapes.ts'
import { answerRecount, readOpenRecounts, readRecounts, requestRecounts } from './recounts.actions.ts'

const about = doorsOf('receiving')

const refusals = { 403: [], 404: [], 409: [], 422: [] }

const dryRun = z.boolean().default(false)
const open = z.object({
  outletId: remoteId.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const asking = z.strictObject({ lineIds: z.array(z.uuid()).min(1).max(5000).optional(), dryRun })
const answer = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('recounted'), quantity: quantityField, note: words(2000).nullish(), dryRun }),
  z.strictObject({ answer: z.literal('as_sent'), note: words(2000).nullish(), dryRun }),
])
const address = z.object({ id: z.string(), recountId: z.uuid() })
const held = z
  .object({ outletId: remoteId, code: words(200).optional(), productId: remoteId.optional() })
  .refine(({ code, productId }) => code !== undefined || productId !== undefined, {
    path: ['code'],
    message: 'give the code that was scanned, or a productId',
  })

export const recountRoutes = new Hono<Env>()
  .get(
    '/api/v1/arrivals',
    about('Which orders and transfers expect what somebody holds, the likeliest first', { 200: arrivals }, refusals),
    valid('query', held),
    async (c) => {
      const { outletId, code, productId } = c.req.valid('query')
      return c.json(await readArrivals(c.var.context, { outletId, code, productId }))
    },
  )
  .get(
    '/api/v1/recount-requests',
    about('What outlets were asked to count again, and have not', { 200: recountPage }, refusals),
    valid('query', open),
    async (c) => {
      const { outletId, after, limit } = c.req.valid('query')
      return c.json(await readOpenRecounts(c.var.context, { outletId, after, limit }))
    },
  )
  .get(
    '/api/v1/consignments/:id/recount-requests',
    about('What its sender was asked to count again, with the answers', { 200: recounts }, refusals),
    async (c) => c.json(await readRecounts(c.var.context, c.req.param('id'))),
  )
  .post(
    '/api/v1/consignments/:id/recount-requests',
    about('Ask the sender about what is missing, before the delivery ends', { 200: recountsAsked }, refusals),
    valid('json', asking),
    async (c) => {
      const { lineIds, dryRun: isTried } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: undefined, dryRun: isTried }
      return c.json(await requestRecounts(c.var.context, target, lineIds))
    },
  )
  .post(
    '/api/v1/consignments/:id/recount-requests/:recountId/answer',
    about('Say what was really sent, or that it was sent as said', { 200: recountAnswered }, refusals),
    valid('param', address),
    valid('json', answer),
    async (c) => {
      const { id: ref, recountId } = c.req.valid('param')
      const { dryRun: isTried, note = null, ...said } = c.req.valid('json')
      const target = { ref, ifMatch: undefined, dryRun: isTried }
      const answered = said.answer === 'as_sent' ? { ...said, quantity: null, note } : { ...said, note }
      return c.json(await answerRecount(c.var.context, target, { ...answered, recountId }))
    },
  )
