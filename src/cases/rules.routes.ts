import { Hono } from 'hono'
import { z } from 'zod'
import { words } from '../consignments/fields.ts'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { count, shapeOf, text, type Told } from '../http/shape.ts'
import { valid } from '../http/valid.ts'
import { readCaseRules, setCaseRule } from './rules.actions.ts'
import { ruledTypes } from './ruled.rules.ts'
import { kinds } from './variance.rules.ts'

const about = doorsOf('cases')

const said = {
  type: text,
  kind: text,
  role: text,
  side: text.describe('`outlet`: where the goods arrive; `source`: at whoever sent them'),
  days: count.describe('From the day on that it is opened'),
}
const ruleShape = shapeOf<Told<typeof setCaseRule>>()(
  'CaseRule',
  z.object({ ...said, type: z.enum(ruledTypes), kind: z.enum(kinds), side: z.enum(['outlet', 'source']) }),
)
const rulesShape = shapeOf<Told<typeof readCaseRules>>()(
  'CaseRules',
  z.object({ data: z.array(z.object(said)), next: z.null() }),
)

const named = z.object({ caseType: z.enum(ruledTypes), caseKind: z.enum(kinds) })
const wish = z.strictObject({
  role: words(100),
  side: z.enum(['outlet', 'source']).default('outlet'),
  days: z.int().min(1).max(365),
  dryRun: z.boolean().default(false),
})

export const caseRuleRoutes = new Hono<Env>()
  .get(
    '/api/v1/case-rules',
    about('Who sees to new cases of each kind, and within how many days', { 200: rulesShape }),
    async (c) => c.json(await readCaseRules(c.var.context)),
  )
  .put(
    '/api/v1/case-rules/:caseType/:caseKind',
    about('Say who sees to cases that are opened from now on', { 200: ruleShape }, { 422: ['case_rule_not_valid'] }),
    valid('param', named),
    valid('json', wish),
    async (c) => {
      const { dryRun, ...rule } = c.req.valid('json')
      const { caseType: type, caseKind: kind } = c.req.valid('param')
      return c.json(await setCaseRule(c.var.context, { type, kind, ...rule }, dryRun))
    },
  )
