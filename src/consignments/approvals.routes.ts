import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { decideMany, readApprovals, readInbox } from './approvals.actions.ts'
import { decideApproval, decisions } from './approving.actions.ts'
import { addDelegation, addTier, allowOwn, editTier, readApprovalRules, removeAuthority } from './authority.actions.ts'
import { remoteId, time, words } from './fields.ts'
import { types } from './lifecycle.rules.ts'
import {
  approvalHistory,
  approvalRules,
  decided,
  inboxShape,
  ownAllowed as ownAllowedShape,
  ruleMade,
  ruleRemoved,
  tierShape,
} from './approvals.shapes.ts'
import { doorsOf, ifMatch, told } from '../http/describing.ts'
import { done as doneShape } from './consignments.shapes.ts'

const about = doorsOf('approvals')

const refusals = { 403: [], 404: [], 409: [], 422: [] }

const dryRun = z.boolean().default(false)
const decision = z.strictObject({
  decision: z.enum(decisions),
  reason: words(500).optional(),
  dryRun,
})
const bulk = z.strictObject({
  ids: z.array(words(100)).min(1).max(200),
  decision: z.enum(['approve', 'reject', 'request_changes']),
  reason: words(500).optional(),
  dryRun,
})
const inbox = z.object({
  role: words(100).optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const role = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z_]*$/, 'give a role such as store_manager')
const amount = z
  .string()
  .max(20)
  .refine((given) => (readDecimal(given, 2) ?? 0n) > 0n, 'give an amount above zero, such as "2000.00"')
  .transform((given) => sayDecimal(readDecimal(given, 2) ?? 0n, 2, 2))
const tier = z.strictObject({
  type: z.enum(types),
  upTo: amount.nullable(),
  role,
  outletId: remoteId.nullish(),
  supplierId: remoteId.nullish(),
  dryRun,
})
const tierChange = z.strictObject({
  isOn: z.boolean().optional(),
  upTo: amount.nullable().optional(),
  role: role.optional(),
  outletId: remoteId.nullable().optional(),
  supplierId: remoteId.nullable().optional(),
  dryRun,
})
const delegation = z.strictObject({ from: words(200), to: words(200), startsAt: time, endsAt: time, dryRun })
const tried = z.object({ dryRun: z.enum(['true', 'false']).optional() })
const kindAndId = z.object({ kind: z.enum(['tiers', 'delegations']), id: z.uuid() })

export const approvalRoutes = new Hono<Env>()
  .post(
    '/api/v1/consignments/:id/approval',
    about(
      'Submit for approval, withdraw, approve, reject with a reason, or ask for changes',
      { 200: doneShape },
      refusals,
      { parameters: [ifMatch] },
    ),
    valid('json', decision),
    async (c) => {
      const { dryRun: isTried, ...said } = c.req.valid('json')
      const target = { ref: c.req.param('id'), ifMatch: versionsAsked(c), dryRun: isTried }
      const wish = { reason: undefined, ...said, now: new Date() }
      const done = await decideApproval(c.var.context, target, wish)
      if (!isTried) sayVersion(c, String(done.version))
      return c.json({ dryRun: isTried, ...done })
    },
  )
  .get(
    '/api/v1/consignments/:id/approvals',
    about('How its approval went, newest first', { 200: approvalHistory }, refusals),
    async (c) => c.json(await readApprovals(c.var.context, c.req.param('id'))),
  )
  .get(
    '/api/v1/approvals',
    about('What waits for approval, longest first', { 200: inboxShape }, refusals),
    valid('query', inbox),
    async (c) => {
      const { role: wanted, after, limit } = c.req.valid('query')
      return c.json(await readInbox(c.var.context, { role: wanted, after, limit, now: new Date() }))
    },
  )
  .post(
    '/api/v1/approvals/decisions',
    about('One decision about many: all of them or none', { 200: decided }, refusals),
    valid('json', bulk),
    async (c) => {
      const { ids, dryRun: isTried, ...wish } = c.req.valid('json')
      const answer = { reason: undefined, ...wish, now: new Date() }
      return c.json(await decideMany(c.var.context, { refs: ids, wish: answer, dryRun: isTried }))
    },
  )
  .get(
    '/api/v1/approval-rules',
    about('Who approves what: tiers, delegations', { 200: approvalRules }, refusals),
    async (c) => c.json(await readApprovalRules(c.var.context)),
  )
  .patch(
    '/api/v1/approval-rules',
    about('Whether managers may approve their own orders within their tier', { 200: ownAllowedShape }, refusals),
    valid('json', z.strictObject({ ownAllowed: z.boolean(), dryRun })),
    async (c) => c.json(await allowOwn(c.var.context, c.req.valid('json'))),
  )
  .post(
    '/api/v1/approval-rules/tiers',
    about('Add a tier', { 200: told(ruleMade, 'With `dryRun`: it would be added'), 201: ruleMade }, refusals),
    valid('json', tier),
    async (c) => {
      const { dryRun: isTried, outletId = null, supplierId = null, ...rest } = c.req.valid('json')
      const made = await addTier(c.var.context, { ...rest, outletId, supplierId }, { dryRun: isTried })
      return c.json(made, isTried ? 200 : 201)
    },
  )
  .patch(
    '/api/v1/approval-rules/:kind/:id',
    about('Change a tier: its limit, role, outlet, supplier, or whether it counts', { 200: tierShape }, refusals),
    valid('param', kindAndId.extend({ kind: z.literal('tiers') })),
    valid('json', tierChange),
    async (c) => {
      const { dryRun: isTried, ...change } = c.req.valid('json')
      return c.json(await editTier(c.var.context, { id: c.req.valid('param').id, change, dryRun: isTried }))
    },
  )
  .post(
    '/api/v1/approval-rules/delegations',
    about(
      'Let somebody decide in another one’s place for some days; in one’s own, who may decide at all',
      { 200: told(ruleMade, 'With `dryRun`: it would be added'), 201: ruleMade },
      refusals,
    ),
    valid('json', delegation),
    async (c) => {
      const { dryRun: isTried, ...wish } = c.req.valid('json')
      return c.json(await addDelegation(c.var.context, wish, { dryRun: isTried }), isTried ? 200 : 201)
    },
  )
  .delete(
    '/api/v1/approval-rules/:kind/:id',
    about('Take a tier or a delegation back', { 200: ruleRemoved }, refusals),
    valid('param', kindAndId),
    valid('query', tried),
    async (c) => {
      const isTried = c.req.valid('query').dryRun === 'true'
      return c.json(await removeAuthority(c.var.context, { ...c.req.valid('param'), dryRun: isTried }))
    },
  )
