import { Hono } from 'hono'
import { z } from 'zod'
import { doorsOf, told } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { scansField } from '../receiving/scans.fields.ts'
import { receiveMany, transitionMany } from './bulk.actions.ts'
import { imported, manyAnswered } from './bulk.shapes.ts'
import { importConsignments } from './importing.actions.ts'
import { remoteId, time, words } from './fields.ts'
import { statuses } from './lifecycle.rules.ts'

const about = doorsOf('consignments')
const refusals = { 403: [], 422: [] }

const most = 200

const transitions = z.strictObject({
  ids: z.array(words(100)).min(1).max(most),
  to: z.enum(statuses),
  reason: words(500).optional(),
  acceptedWarnings: z.array(words(200)).max(5000).default([]).describe('Codes or keys of warnings that are passed'),
  dryRun: z.boolean().default(false),
})

const receipts = z.strictObject({
  receipts: z
    .array(
      z.strictObject({
        consignmentId: words(100),
        id: z.uuid().describe('Of the delivery, made by its sender: the same again does nothing further'),
        note: words(2000).nullish(),
        scans: scansField.optional(),
        asOrdered: z.boolean().default(false),
        outcome: z.enum(['more_to_come', 'complete']).nullish(),
      }),
    )
    .min(1)
    .max(most),
  dryRun: z.boolean().default(false),
})

const file = z.strictObject({
  type: z.enum(['PURCHASE_ORDER', 'OUTLET_TRANSFER']),
  csv: z.string().min(1).max(1_000_000).describe('The text of the file; its first record names the columns'),
  outletId: remoteId.nullish().describe('Of rows that name none; an id or a name, like the next two'),
  sourceOutletId: remoteId.nullish(),
  supplierId: remoteId.nullish(),
  reference: words(200).nullish(),
  note: words(2000).nullish(),
  dueAt: time.nullish(),
  dryRun: z.boolean().default(false),
})

export const bulkRoutes = new Hono<Env>()
  .post(
    '/api/v1/consignments/transitions',
    about('Take many to another status; each is answered by itself', { 200: manyAnswered }, refusals),
    valid('json', transitions),
    async (c) => {
      const { ids: refs, to, reason, acceptedWarnings: accepted, dryRun } = c.req.valid('json')
      return c.json(await transitionMany(c.var.context, { refs, wish: { to, reason, accepted }, dryRun }))
    },
  )
  .post(
    '/api/v1/consignments/receipts',
    about('Receive many in one request; each all or nothing, and answered by itself', { 200: manyAnswered }, refusals),
    valid('json', receipts),
    async (c) => {
      const { receipts: given, dryRun } = c.req.valid('json')
      const wishes = given.map(({ note = null, outcome = null, scans = [], ...rest }) =>
        Object.assign(rest, { note, outcome, scans }),
      )
      return c.json(await receiveMany(c.var.context, { receipts: wishes, dryRun }))
    },
  )
  .post(
    '/api/v1/consignments/imports',
    about(
      'Draft orders or transfers from a CSV file: all of it, or nothing and what is wrong in which row and column',
      { 200: told(imported, 'With `dryRun`: what they would be'), 201: imported },
      { 403: [], 422: ['rows_not_valid'] },
    ),
    valid('json', file),
    async (c) => {
      const {
        type,
        csv,
        dryRun,
        outletId = null,
        sourceOutletId = null,
        supplierId = null,
        ...rest
      } = c.req.valid('json')
      const { reference = null, note = null, dueAt } = rest
      const defaults = { type, outlet: outletId, source: sourceOutletId, supplier: supplierId, reference, note }
      const wish = { ...defaults, dueAt: dueAt?.toISOString() ?? null, csv, dryRun, now: new Date() }
      return c.json(await importConsignments(c.var.context, wish), dryRun ? 200 : 201)
    },
  )
