import { Hono } from 'hono'
import { z } from 'zod'
import { done as doneShape } from '../consignments/consignments.shapes.ts'
import { countField, time, words } from '../consignments/fields.ts'
import { doorsOf, ifMatch, told, versioned } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import { readDecimal } from '../kernel/decimal.ts'
import { creditReturn, editReturn, readReturnOf, refuseCredit } from './crediting.actions.ts'
import { returnReasons } from './returnable.rules.ts'
import { returnGoods } from './returning.actions.ts'
import { doneReturn, returnShape } from './returns.shapes.ts'
import { scaled } from './returns.store.ts'

const about = doorsOf('returns')

const refusals = { 403: [], 404: [], 409: [], 422: [] }
const edited = { parameters: [ifMatch] }

const dryRun = z.boolean().default(false)
const reason = z.enum(returnReasons)
const line = z
  .strictObject({
    lineId: z.uuid().optional(),
    caseId: z.uuid().optional(),
    quantity: countField.transform(scaled).optional(),
    reason: reason.optional(),
  })
  .refine(({ lineId, caseId }) => lineId !== undefined || caseId !== undefined, {
    path: ['lineId'],
    message: 'give a line of the receipt, or a case of it',
  })
const goods = z.strictObject({
  lines: z.array(line).min(1).max(5000),
  rma: words(100).nullish(),
  note: words(2000).nullish(),
  dryRun,
})
const edit = z.strictObject({
  rma: words(100).nullish(),
  lines: z
    .array(z.strictObject({ lineId: z.uuid(), reason }))
    .max(5000)
    .optional(),
  dryRun,
})
const amount = z
  .string()
  .max(20)
  .refine((given) => isAmount(given), 'give an amount above zero with at most 2 places, such as "49.50"')
const credit = z.strictObject({ amount, reference: words(100), at: time.optional(), dryRun })
const refusal = z.strictObject({ reason: words(500), dryRun })

export const returnRoutes = new Hono<Env>()
  .post(
    '/api/v1/consignments/:id/returns',
    about(
      'Send goods of a receipt back: a draft at the costs of the receipt, of lines or of cases',
      { 200: told(doneShape, 'With `dryRun`: what it would be'), 201: versioned(doneShape) },
      refusals,
      edited,
    ),
    valid('json', goods),
    async (c) => {
      const { lines, rma = null, note = null, dryRun: isTried } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun: isTried }
      const made = await returnGoods(c.var.context, target, { lines, rma, note })
      if (isTried) return c.json({ dryRun: isTried, ...made })
      sayVersion(c, String(made.version))
      c.header('location', `/api/v1/consignments/${made.id}`)
      return c.json({ dryRun: isTried, ...made }, 201)
    },
  )
  .get(
    '/api/v1/consignments/:id/return',
    about('What goes back, why, and what the supplier gives for it', { 200: versioned(returnShape) }, refusals),
    async (c) => {
      const found = await readReturnOf(c.var.context, c.req.param('id'))
      sayVersion(c, String(found.version))
      return c.json(found)
    },
  )
  .patch(
    '/api/v1/consignments/:id/return',
    about('The supplier’s number for it (RMA), and why lines go back', { 200: doneReturn }, refusals, edited),
    valid('json', edit),
    async (c) => {
      const { dryRun: isTried, ...wish } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun: isTried }
      const done = await editReturn(c.var.context, target, wish)
      if (!isTried) sayVersion(c, String(done.version))
      return c.json({ dryRun: isTried, ...done })
    },
  )
  .put(
    '/api/v1/consignments/:id/credit',
    about('Keep a credit note; the same reference again corrects it', { 200: doneReturn }, refusals, edited),
    valid('json', credit),
    async (c) => {
      const { dryRun: isTried, at = new Date(), ...given } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun: isTried }
      const done = await creditReturn(c.var.context, target, { ...given, at })
      if (!isTried) sayVersion(c, String(done.version))
      return c.json({ dryRun: isTried, ...done })
    },
  )
  .put(
    '/api/v1/consignments/:id/credit-refusal',
    about('The supplier gives nothing, and why', { 200: doneReturn }, refusals, edited),
    valid('json', refusal),
    async (c) => {
      const { dryRun: isTried, reason: why } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun: isTried }
      const done = await refuseCredit(c.var.context, target, why)
      if (!isTried) sayVersion(c, String(done.version))
      return c.json({ dryRun: isTried, ...done })
    },
  )

/** Below what the column holds. */
function isAmount(given: string): boolean {
  const cents = readDecimal(given, 2)
  return cents !== undefined && cents > 0n && cents < 100_000_000_000_000n
}
