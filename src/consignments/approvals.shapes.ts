import { z } from 'zod'
import { pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { decideMany, readApprovals } from './approvals.actions.ts'
import { money } from './consignments.shapes.ts'

const asked = {
  id: uuid,
  total: money.nullable().describe('Without tax; null for who may not see costs'),
  roles: z.array(text),
  wantedFrom: text.nullable(),
  askedBy: text,
  askedAt: time,
}

export const inboxShape = pageOf(
  z.object({
    ...asked,
    consignmentId: uuid,
    number: text,
    type: text,
    outletId: text,
    supplierId: text.nullable(),
    colour: text.describe('How pressing it is: fresh, yellow from a day, red from five'),
    remindedAt: time.nullable(),
    notices: z.array(z.object({ kind: text, toRoles: z.array(text), why: text, at: time })),
  }),
).meta({ ref: 'ApprovalInbox' })

export const approvalHistory = shapeOf<Told<typeof readApprovals>>()(
  'ApprovalHistory',
  z.object({
    data: z.array(
      z.object({
        ...asked,
        decision: text.nullable(),
        decidedBy: text.nullable(),
        decidedAt: time.nullable(),
        onBehalfOf: text.nullable(),
        isOwn: z.boolean(),
        reasonCode: text.nullable(),
        reason: text.nullable(),
        resubmitUntil: time.nullable(),
      }),
    ),
    next: z.null(),
  }),
)

export const decided = shapeOf<Told<typeof decideMany>>()(
  'Decided',
  z.object({ dryRun: z.boolean(), decided: z.array(z.object({ id: uuid, number: text })) }),
)

const outletId = text.nullable()

const tier = z.object({
  id: uuid,
  type: text,
  upTo: text.nullable(),
  role: text,
  outletId,
  supplierId: text.nullable(),
  isOn: z.boolean(),
})

export const approvalRules = z
  .object({
    ownAllowed: z.boolean(),
    tiers: z.array(tier),
    delegations: z.array(z.object({ id: uuid, from: text, to: text, startsAt: time, endsAt: time })),
  })
  .meta({ ref: 'ApprovalRules' })

const dryRun = z.boolean()
export const ruleMade = z.object({ id: uuid, dryRun }).meta({ ref: 'ApprovalRuleMade' })
export const tierShape = tier.extend({ dryRun }).meta({ ref: 'ApprovalTier' })
export const ruleRemoved = z.object({ removed: z.boolean(), dryRun }).meta({ ref: 'ApprovalRuleRemoved' })
export const ownAllowed = z.object({ ownAllowed: z.boolean(), dryRun }).meta({ ref: 'OwnApprovals' })
