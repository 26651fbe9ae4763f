import { z } from 'zod'
import { statuses } from '../consignments/lifecycle.rules.ts'
import { transition, tryTransition } from '../consignments/transitions.actions.ts'
import { validateConsignment } from '../consignments/validating.actions.ts'
import { deed } from './deed.ts'
import { flag, text } from './parameters.ts'
import { consignment, triedTransition, validation } from '../consignments/consignments.shapes.ts'

/** What came of it, or with `dry_run` what would. */
const transitioned = z.union([consignment, triedTransition])

export const consignmentValidate = deed({
  summary: 'Where a consignment stands and where it may go; `id` is its id or its number',
  takes: z.strictObject({ id: text(200) }),
  example: { id: 'TR-STK-202611-000123-61' },
  tells: validation,
  does: (c, { id }) => validateConsignment(c.var.context, id),
})

export const consignmentTransition = deed({
  summary: 'Move a consignment to another status; with `dry_run` only say whether that is lawful',
  takes: z.strictObject({
    id: text(200),
    to: z.string().max(20).toUpperCase().pipe(z.enum(statuses)),
    reason: text(500).optional(),
    dry_run: flag.optional(),
  }),
  example: { id: 'TR-STK-202611-000123-61', to: 'SENT', dry_run: true },
  tells: transitioned,
  does: (c, { id, dry_run: isDryRun, ...wish }) => {
    const step = { to: wish.to, reason: wish.reason }
    if (isDryRun) return tryTransition(c.var.context, id, step)
    return transition(c.var.context, { ref: id, ifMatch: undefined }, step)
  },
})
