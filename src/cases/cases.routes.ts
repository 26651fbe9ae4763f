import { Hono } from 'hono'
import { z } from 'zod'
import { remoteId, time, words } from '../consignments/fields.ts'
import { doorsOf, ifMatch, versioned } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import { readQuantity } from '../kernel/quantity.ts'
import { readCase, readCases } from './cases.actions.ts'
import { casePage, caseShape, doneCase } from './cases.shapes.ts'
import { settlements } from './plan.rules.ts'
import { editCase } from './editing.actions.ts'
import { reopenCase, settleCase } from './settling.actions.ts'
import { kinds } from './variance.rules.ts'

const about = doorsOf('cases')

const refusals = { 403: [], 404: [], 409: [], 422: [] }
const settling = { ...refusals, 422: ['case_settled', 'outcome_not_fitting', 'claim_without_photo', 'reason_missing'] }

const yes = z.enum(['true', 'false']).transform((given) => given === 'true')
const listQuery = z.object({
  state: z.enum(['open', 'settled']).optional(),
  overdue: yes.optional(),
  mine: yes.optional(),
  owner: words(200).optional(),
  outletId: remoteId.optional(),
  kind: z.enum(kinds).optional(),
  consignment: words(100).optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const address = z.object({ id: z.uuid() })
const owner = words(200).refine(
  (given) => !given.startsWith('role:') || /^role:[a-z][a-z_]*$/.test(given),
  'give a role such as role:store_manager, or the id of somebody',
)
const dryRun = z.boolean().default(false)
const amountField = z.union([z.string().max(40), z.number()]).transform((given, context) => {
  const read = readQuantity(given)
  if ('quantity' in read) return read.quantity
  context.addIssue(read.wrong)
  return z.NEVER
})
const edit = z.strictObject({
  owner: owner.nullish(),
  ownerOutletId: remoteId.nullish(),
  dueAt: time.nullish(),
  note: words(2000).nullish(),
  dryRun,
})
const settlement = z.strictObject({
  outcome: z.enum(settlements),
  note: words(2000).optional().describe('Why; needed to write off'),
  quantity: amountField.optional().describe('A part of it; the rest stays open'),
  outletId: remoteId.optional().describe('Of what was found: where, unless where it should have arrived'),
  noPhotoReason: words(500).optional().describe('Of damage that is credited: why there is no photo'),
  dryRun,
})
const reopening = z.strictObject({ reason: words(500), dryRun })

export const caseRoutes = new Hono<Env>()
  .get(
    '/api/v1/cases',
    about(
      'Cases of what was short, over, damaged, wrong, expired or lost, newest first; `next` goes into `after`',
      { 200: casePage },
      refusals,
    ),
    valid('query', listQuery),
    async (c) => c.json(await readCases(c.var.context, c.req.valid('query'))),
  )
  .get(
    '/api/v1/cases/:id',
    about('One case', { 200: versioned(caseShape) }, refusals),
    valid('param', address),
    async (c) => {
      const found = await readCase(c.var.context, c.req.valid('param').id)
      sayVersion(c, String(found.version))
      return c.json(found)
    },
  )
  .patch(
    '/api/v1/cases/:id',
    about('Say who sees to it, until when, and what there is to know', { 200: doneCase }, refusals, {
      parameters: [ifMatch],
    }),
    valid('param', address),
    valid('json', edit),
    async (c) => {
      const { dryRun: isTried, ...wish } = c.req.valid('json')
      const target = { id: c.req.valid('param').id, ifMatch: versionsAsked(c), dryRun: isTried }
      const done = await editCase(c.var.context, target, wish)
      if (!isTried) sayVersion(c, String(done.version))
      return c.json({ dryRun: isTried, ...done })
    },
  )
  .post(
    '/api/v1/cases/:id/settlement',
    about('Settle it: a credit, sent again, written off, or found', { 200: doneCase }, settling, {
      parameters: [ifMatch],
    }),
    valid('param', address),
    valid('json', settlement),
    async (c) => {
      const { dryRun: isTried, note, ...wish } = c.req.valid('json')
      const target = { id: c.req.valid('param').id, ifMatch: versionsAsked(c), dryRun: isTried }
      const done = await settleCase(c.var.context, target, { ...wish, note })
      if (!isTried) sayVersion(c, String(done.version))
      return c.json({ dryRun: isTried, ...done })
    },
  )
  .post(
    '/api/v1/cases/:id/reopening',
    about('Open a settled one again, with the reason', { 200: doneCase }, refusals, { parameters: [ifMatch] }),
    valid('param', address),
    valid('json', reopening),
    async (c) => {
      const { dryRun: isTried, reason } = c.req.valid('json')
      const target = { id: c.req.valid('param').id, ifMatch: versionsAsked(c), dryRun: isTried }
      const done = await reopenCase(c.var.context, target, reason)
      if (!isTried) sayVersion(c, String(done.version))
      return c.json({ dryRun: isTried, ...done })
    },
  )
