import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import { createConsignment, editHeader } from './drafting.actions.ts'
import { remoteId, time, words } from './fields.ts'
import { approvals, statuses, types } from './lifecycle.rules.ts'
import { newLine, toNewLine } from './lines.fields.ts'
import { readConsignment, readConsignments, readRevisions, readTimeline } from './reading.actions.ts'
import { links } from './stage.rules.ts'
import { readRules, validateConsignment } from './validating.actions.ts'
import {
  consignment,
  consignmentPage,
  done,
  drafted,
  law,
  revisions,
  timeline,
  validation,
} from './consignments.shapes.ts'
import { doorsOf, ifMatch, told, versioned, versionedUnlessTried } from '../http/describing.ts'

const about = doorsOf('consignments')

const refusals = { 403: [], 404: [], 409: [], 422: [] }

const day = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((given) => new Date(given))

const listQuery = z.object({
  type: z.enum(types).optional(),
  status: z
    .string()
    .max(200)
    .transform((given) => given.split(','))
    .pipe(z.array(z.enum(statuses)))
    .optional(),
  approval: z.enum(approvals).optional(),
  lightspeed: z.enum(links).optional(),
  outletId: remoteId.optional(),
  sourceOutletId: remoteId.optional(),
  supplierId: remoteId.optional(),
  reference: words(200).optional(),
  productId: remoteId.optional(),
  parentId: z.uuid().optional(),
  q: words(100).optional(),
  dueSince: day.optional(),
  dueUntil: day.optional(),
  since: day.optional(),
  until: day.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

const draft = z.strictObject({
  type: z.enum(types),
  outletId: remoteId,
  sourceOutletId: remoteId.nullish(),
  supplierId: remoteId.nullish(),
  reference: words(200).nullish(),
  note: words(2000).nullish(),
  dueAt: time.nullish(),
  lines: z.array(newLine).max(5000).default([]),
  dryRun: z.boolean().default(false),
})

const header = z.strictObject({
  outletId: remoteId.optional(),
  sourceOutletId: remoteId.nullish(),
  supplierId: remoteId.nullish(),
  reference: words(200).nullish(),
  note: words(2000).nullish(),
  dueAt: time.nullish(),
  reason: words(500).optional(),
  dryRun: z.boolean().default(false),
})

const page = z.object({
  after: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

export const consignmentRoutes = new Hono<Env>()
  .get(
    '/api/v1/consignments',
    about(
      'Orders, transfers, returns and stocktakes, newest first; `next` goes into `after`',
      { 200: consignmentPage },
      refusals,
    ),
    valid('query', listQuery),
    async (c) => c.json(await readConsignments(c.var.context, c.req.valid('query'))),
  )
  .post(
    '/api/v1/consignments',
    about(
      'Make a draft, with its number; with `dryRun` only show what it would be',
      { 200: told(drafted, 'With `dryRun`: what it would be'), 201: versioned(drafted) },
      refusals,
    ),
    valid('json', draft),
    async (c) => {
      const { lines, sourceOutletId = null, supplierId = null, reference = null, ...rest } = c.req.valid('json')
      const { note = null, dueAt = null, dryRun, ...parties } = rest
      const wish = { ...parties, sourceOutletId, supplierId, reference, note, dueAt, lines: lines.map(toNewLine) }
      const made = await createConsignment(c.var.context, wish, { now: new Date(), dryRun })
      if (dryRun) return c.json({ dryRun, ...made })
      sayVersion(c, String(made.version))
      c.header('location', `/api/v1/consignments/${made.id}`)
      return c.json({ dryRun, ...made }, 201)
    },
  )
  .get('/api/v1/consignments/rules', about('The law: statuses, acts and steps of each type', { 200: law }), (c) =>
    c.json(readRules(c.var.context)),
  )
  .get(
    '/api/v1/consignments/:id',
    about('One with its lines, by id or by number', { 200: versioned(consignment) }, refusals),
    async (c) => {
      const found = await readConsignment(c.var.context, c.req.param('id'))
      sayVersion(c, String(found.version))
      return c.json(found)
    },
  )
  .patch(
    '/api/v1/consignments/:id',
    about(
      'Change what is above the lines, for a reason once it is approved; with `If-Match` only if nobody else did meanwhile',
      { 200: versionedUnlessTried(done) },
      refusals,
      { parameters: [ifMatch] },
    ),
    valid('json', header),
    async (c) => {
      const { dryRun, ...change } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun }
      const edited = await editHeader(c.var.context, target, change)
      if (!dryRun) sayVersion(c, String(edited.version))
      return c.json({ dryRun, ...edited })
    },
  )
  .get(
    '/api/v1/consignments/:id/validation',
    about('What would hinder it, and what is odd about it', { 200: validation }, refusals),
    async (c) => c.json(await validateConsignment(c.var.context, c.req.param('id'))),
  )
  .get(
    '/api/v1/consignments/:id/timeline',
    about('What happened to it, newest first; `next` goes into `after`', { 200: timeline }, refusals),
    valid('query', page),
    async (c) => {
      const { after: before, limit } = c.req.valid('query')
      return c.json(await readTimeline(c.var.context, c.req.param('id'), { before, limit }))
    },
  )
  .get(
    '/api/v1/consignments/:id/revisions',
    about('What was changed after it was open, newest first', { 200: revisions }, refusals),
    async (c) => c.json(await readRevisions(c.var.context, c.req.param('id'))),
  )
