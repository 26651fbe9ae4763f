import { Hono } from 'hono'
import { z } from 'zod'
import { remoteId } from '../consignments/fields.ts'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { evidenceRule, evidenceRules } from './evidence.shapes.ts'
import { readEvidenceRules, setEvidenceRule } from './rules.actions.ts'

const about = doorsOf('evidence')

const wish = z.strictObject({
  supplierId: remoteId.nullish(),
  asksPhoto: z.boolean(),
  asksSignature: z.boolean(),
  dryRun: z.boolean().default(false),
})

export const evidenceRuleRoutes = new Hono<Env>()
  .get(
    '/api/v1/evidence-rules',
    about('What is asked for when goods arrive; without a supplier: of all that have no rule', { 200: evidenceRules }),
    async (c) => c.json(await readEvidenceRules(c.var.context)),
  )
  .put(
    '/api/v1/evidence-rules',
    about(
      'Say whether a photo and a signature are asked for, of one supplier or of all others',
      { 200: evidenceRule },
      { 422: ['evidence_rule_not_valid'] },
    ),
    valid('json', wish),
    async (c) => {
      const { dryRun, supplierId = null, ...asked } = c.req.valid('json')
      return c.json(await setEvidenceRule(c.var.context, { supplierId, ...asked }, dryRun))
    },
  )
