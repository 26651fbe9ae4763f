import { z } from 'zod'
import { must } from '../context.ts'
import { Refusal } from '../kernel/refusal.ts'
import { deed } from './deed.ts'
import { flag, text } from './parameters.ts'

const statuses = [
  ...(['DRAFT', 'OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'PARTIAL', 'RECEIVED'] as const),
  ...(['CLOSED', 'ARCHIVED', 'CANCELLED'] as const),
] as const

export const consignmentValidate = deed({
  summary: 'Where a consignment stands and where it may go. Consign has none yet: 404',
  takes: z.strictObject({ id: text(200) }),
  example: { id: 'TR-STK-202611-000123-47' },
  does: async (c, { id }) => {
    must(c.var.actor, 'consignments:read')
    throw unknown(id)
  },
})

export const consignmentTransition = deed({
  summary: 'Move a consignment to another status. Consign has none yet: 404',
  takes: z.strictObject({
    id: text(200),
    to: z.string().max(20).toUpperCase().pipe(z.enum(statuses)),
    reason: text(500).optional(),
    dry_run: flag.optional(),
  }),
  example: { id: 'TR-STK-202611-000123-47', to: 'SENT', dry_run: true },
  does: async (c, { id }) => {
    must(c.var.actor, 'consignments:move')
    throw unknown(id)
  },
})

function unknown(id: string): Refusal {
  const message = `There is no consignment ${id}: Consign mirrors Lightspeed's, and has none of its own yet`
  return new Refusal('not_found', 'consignment_unknown', message, { id })
}
