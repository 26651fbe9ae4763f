import { Hono } from 'hono'
import { z } from 'zod'
import { quantityField, remoteId, words } from '../consignments/fields.ts'
import { doorsOf, ifMatch } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { versionsAsked } from '../http/versions.ts'
import { addCounts } from './counting.actions.ts'
import { counts as countsBody } from './counting.fields.ts'
import { readCounts, readUncounted } from './counts.actions.ts'
import { decideUncounted } from './deciding.actions.ts'
import { filterTypes, mostFilters } from './scope.rules.ts'
import { readScope, setScope } from './scoping.actions.ts'
import * as shapes from './stocktakes.shapes.ts'

const about = doorsOf('stocktakes')
const refusals = { 403: [], 404: [], 409: [], 422: [] }
const edit = { parameters: [ifMatch] }
const address = z.object({ id: z.string() })

const scope = z.strictObject({
  full: z.boolean().default(false),
  filters: z
    .array(z.strictObject({ type: z.enum(filterTypes), value: remoteId }))
    .max(mostFilters)
    .default([]),
  includeInactive: z.boolean().default(false),
  blind: z.boolean().default(false),
  tolerance: quantityField.default('0'),
  dryRun: z.boolean().default(false),
})

const page = z.object({
  after: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})

const decision = z.strictObject({
  decision: z.enum(['leave', 'zero']),
  lineIds: z.array(z.uuid()).min(1).max(5000).optional().describe('Without them all lines that are still open'),
  reason: words(500),
  dryRun: z.boolean().default(false),
})

/** What a count is about, and counting. */
export const stocktakeRoutes = new Hono<Env>()
  .get(
    '/api/v1/consignments/:id/scope',
    about('What a count is about, and how many products that is', { 200: shapes.scope }, refusals),
    async (c) => c.json(await readScope(c.var.context, c.req.param('id'))),
  )
  .put(
    '/api/v1/consignments/:id/scope',
    about(
      'Say what a draft count is about: all, or up to 25 filters; of one type any will do, of several each must hold',
      { 200: shapes.scope },
      refusals,
      edit,
    ),
    valid('json', scope),
    async (c) => {
      const { full, includeInactive, blind, dryRun, ...rest } = c.req.valid('json')
      const wish = { ...rest, isFull: full, includesInactive: includeInactive, isBlind: blind }
      return c.json(await setScope(c.var.context, { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun }, wish))
    },
  )
  .get(
    '/api/v1/consignments/:id/counts',
    about(
      'What was counted so far, and what was found beside the set; `next` goes into `after`',
      { 200: shapes.counts },
      refusals,
    ),
    valid('query', page),
    async (c) => c.json(await readCounts(c.var.context, c.req.param('id'), c.req.valid('query'))),
  )
  .post(
    '/api/v1/consignments/:id/counts',
    about(
      'Add counts, up to 1,000 with ids of their sender: a repeat is nothing, several counters add up',
      { 200: shapes.counted },
      refusals,
    ),
    valid('param', address),
    valid('json', countsBody),
    async (c) => {
      const { scans, sentAt, dryRun } = c.req.valid('json')
      const target = { ref: c.req.valid('param').id, ifMatch: undefined, dryRun }
      return c.json(await addCounts(c.var.context, target, { scans, sentAt, now: new Date() }))
    },
  )
  .get(
    '/api/v1/consignments/:id/uncounted',
    about(
      'Lines that nobody has counted or decided about; `next` goes into `after`',
      { 200: shapes.uncounted },
      refusals,
    ),
    valid('query', page),
    async (c) => c.json(await readUncounted(c.var.context, c.req.param('id'), c.req.valid('query'))),
  )
  .post(
    '/api/v1/consignments/:id/uncounted',
    about(
      'Say what becomes of lines that nobody counted: `leave` them as they are, or there is none (`zero`)',
      { 200: shapes.decided },
      refusals,
      edit,
    ),
    valid('json', decision),
    async (c) => {
      const { dryRun, lineIds, ...said } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun }
      return c.json(await decideUncounted(c.var.context, target, { ...said, lineIds }))
    },
  )
