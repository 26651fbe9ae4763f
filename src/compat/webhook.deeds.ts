import { z } from 'zod'
import { readEvents } from '../webhooks/events.actions.ts'
import { receptionOf } from '../webhooks/reception.ts'
import { processGiven } from '../webhooks/trying.actions.ts'
import { envelopeTypes, lightspeedTypes } from '../webhooks/types.rules.ts'
import { deed } from './deed.ts'
import { text, wholeNumber } from './parameters.ts'
import { eventPage, given, typesShape } from '../webhooks/webhooks.shapes.ts'

const time = z.union([z.iso.datetime({ offset: true }), z.int().transform((seconds) => inUtc(seconds))])

/** Today's names of an envelope's fields, and the earlier system's. */
const envelope = z
  .strictObject({
    event_type: text(100).optional(),
    event: text(100).optional(),
    event_id: text(200).optional(),
    id: text(200).optional(),
    created_at: time.optional(),
    timestamp: time.optional(),
    data: z.union([z.record(z.string(), z.unknown()), z.string().transform(objectIn)]).optional(),
  })
  .transform(({ event, id, timestamp, ...now }, context) => {
    const event_type = now.event_type ?? event
    if (event_type !== undefined)
      return { event_type, event_id: now.event_id ?? id, created_at: now.created_at ?? timestamp, data: now.data }
    context.addIssue({ code: 'custom', path: ['event_type'], message: `is missing: ${envelopeTypes.join(', ')}` })
    return z.NEVER
  })

export const webhookProcess = deed({
  summary: 'Take in an envelope and do it at once; the same `event_id` again is done once',
  takes: envelope,
  example: { event_type: 'sale.updated', event_id: 'shop-4711', data: { id: '1' } },
  tells: given,
  does: (c, wish) => processGiven(c.var.context, receptionOf(c.var.house), wish),
})

export const webhookEvents = deed({
  summary: 'The types that are acted on, and the webhooks that came, newest first',
  takes: z.strictObject({
    limit: wholeNumber([1, 500]).default(50),
    type: text(100).optional(),
    state: z.enum(['waiting', 'processed', 'failed', 'unknown']).optional(),
    before: wholeNumber([1, 9_999_999_999]).optional(),
  }),
  example: { limit: 10 },
  tells: eventPage.extend({ types: typesShape }),
  does: async (c, { limit, type, state, before }) => ({
    types: { lightspeed: [...lightspeedTypes], envelope: [...envelopeTypes] },
    ...(await readEvents(c.var.context, { limit, type, state, before, door: undefined })),
  }),
})

function objectIn(json: string, context: z.RefinementCtx): Record<string, unknown> {
  try {
    const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(json))
    if (read.success) return read.data
  } catch {
    // told below
  }
  context.addIssue({ code: 'custom', message: 'give a JSON object' })
  return z.NEVER
}

function inUtc(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
