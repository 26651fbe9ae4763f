import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import { words } from './fields.ts'
import { statuses } from './lifecycle.rules.ts'
import { transition, tryTransition } from './transitions.actions.ts'
import { done as doneShape, triedTransition } from './consignments.shapes.ts'
import { doorsOf, ifMatch } from '../http/describing.ts'

const about = doorsOf('consignments')

const answered = z.union([doneShape, triedTransition])
const refusals = { 403: [], 404: [], 409: ['pack_lock_held', 'version_conflict'], 422: [] }

const wish = z.strictObject({
  to: z.enum(statuses),
  reason: words(500).optional(),
  acceptedWarnings: z.array(words(200)).max(5000).default([]).describe('Codes or keys of warnings that are passed'),
  dryRun: z.boolean().default(false),
})
const cancellation = z.strictObject({ reason: words(500).optional(), dryRun: z.boolean().default(false) })

export const transitionRoutes = new Hono<Env>()
  .post(
    '/api/v1/consignments/:id/transitions',
    about('Take it to another status, or with `dryRun` only say whether that is lawful', { 200: answered }, refusals, {
      parameters: [ifMatch],
    }),
    valid('json', wish),
    async (c) => {
      const { to, reason, acceptedWarnings: accepted, dryRun } = c.req.valid('json')
      const ref = c.req.param('id')
      if (dryRun) return c.json(await tryTransition(c.var.context, ref, { to, reason }))
      const done = await transition(c.var.context, { ref, ifMatch: versionsAsked(c) }, { to, reason, accepted })
      sayVersion(c, String(done.version))
      return c.json({ dryRun, ...done })
    },
  )
  .post(
    '/api/v1/consignments/:id/cancellation',
    about(
      'Cancel it; what is sent only by a director, with the reason, and while nothing is under way',
      { 200: answered },
      refusals,
      { parameters: [ifMatch] },
    ),
    valid('json', cancellation),
    async (c) => {
      const { reason, dryRun } = c.req.valid('json')
      const ref = c.req.param('id')
      const to = 'CANCELLED'
      if (dryRun) return c.json(await tryTransition(c.var.context, ref, { to, reason }))
      const done = await transition(c.var.context, { ref, ifMatch: versionsAsked(c) }, { to, reason })
      sayVersion(c, String(done.version))
      return c.json({ dryRun, ...done })
    },
  )
