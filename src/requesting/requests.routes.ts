import { Hono } from 'hono'
import { z } from 'zod'
import { quantityField, remoteId, words } from '../consignments/fields.ts'
import { doorsOf, ifMatch } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { versionsAsked } from '../http/versions.ts'
import { targetOf, tried } from '../packing/trying.ts'
import { answerRequest } from './answering.actions.ts'
import { askForGoods, readRequest, readRequests, withdrawRequest } from './requests.actions.ts'
import { requestPage, transferRequest } from './requests.shapes.ts'

const about = doorsOf('transfers')

const known = { 403: [], 404: ['consignment_unknown', 'request_unknown'] }
const refusals = { ...known, 422: ['request_not_lawful'] }

const edits = { ...refusals, 409: ['version_conflict'] }

const listQuery = z.object({
  state: z.enum(['waiting', 'answered']).default('waiting'),
  of: remoteId.optional().describe('Asked of this outlet'),
  by: remoteId.optional().describe('Asked by this outlet'),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const dryRun = z.boolean().default(false)
const asking = z.strictObject({ note: words(2000).nullish(), dryRun })
const line = z.strictObject({
  lineId: z.uuid(),
  quantity: quantityField.describe('0: none of it'),
  reason: words(500).optional().describe('Why it is less'),
})
const answering = z.discriminatedUnion('answer', [
  z.strictObject({
    answer: z.literal('agree'),
    lines: z.array(line).max(5000).default([]).describe('Those of which less is sent; the others wholly'),
    reason: words(500).nullish(),
    dryRun,
  }),
  z.strictObject({ answer: z.literal('refuse'), reason: words(500), dryRun }),
])

export const requestRoutes = new Hono<Env>()
  .get(
    '/api/v1/transfer-requests',
    about('Which outlet asks which for goods, longest first; `next` goes into `after`', { 200: requestPage }, known),
    valid('query', listQuery),
    async (c) => {
      const { state, of: ofOutletId, by: byOutletId, after, limit } = c.req.valid('query')
      const filter = { isWaiting: state === 'waiting', ofOutletId, byOutletId, after, limit }
      return c.json(await readRequests(c.var.context, filter))
    },
  )
  .get(
    '/api/v1/consignments/:id/request',
    about('What was asked for last, and what there is of it', { 200: transferRequest }, known),
    async (c) => c.json(await readRequest(c.var.context, c.req.param('id'))),
  )
  .post(
    '/api/v1/consignments/:id/request',
    about('Ask the outlet that it comes from for these goods', { 200: transferRequest }, refusals),
    valid('json', asking),
    async (c) => {
      const { note = null, dryRun: isTried } = c.req.valid('json')
      return c.json(await askForGoods(c.var.context, targetOf(c.req.param('id'), isTried), note))
    },
  )
  .delete(
    '/api/v1/consignments/:id/request',
    about('Take the question back', { 200: transferRequest }, edits, { parameters: [ifMatch] }),
    valid('query', tried),
    async (c) => {
      const target = targetOf(c.req.param('id'), c.req.valid('query').dryRun)
      return c.json(await withdrawRequest(c.var.context, { ...target, ifMatch: versionsAsked(c) }))
    },
  )
  .post(
    '/api/v1/consignments/:id/request/answer',
    about('Agree, wholly or in part, or refuse with the reason', { 200: transferRequest }, edits, {
      parameters: [ifMatch],
    }),
    valid('json', answering),
    async (c) => {
      const { dryRun: isTried, ...given } = c.req.valid('json')
      const wish = given.answer === 'agree' ? { ...given, reason: given.reason ?? null } : given
      const target = { ...targetOf(c.req.param('id'), isTried), ifMatch: versionsAsked(c) }
      return c.json(await answerRequest(c.var.context, target, wish))
    },
  )
