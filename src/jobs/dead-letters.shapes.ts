import { z } from 'zod'
import { count, pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { DeadLetter, retryDeadLetters } from './dead-letters.actions.ts'
import { failures } from './jobs.shapes.ts'

export const deadLetter = shapeOf<DeadLetter>()(
  'DeadLetter',
  z.object({
    id: uuid,
    version: text.describe('The one in its ETag'),
    kind: text.nullable(),
    jobId: text.nullable(),
    order: text.nullable(),
    payload: z.unknown().describe('What it is to do, as its kind wants it'),
    correlationId: text.nullable(),
    error: text,
    stack: text.nullable(),
    attempts: count,
    failures,
    enqueuedAt: time.nullable(),
    failedAt: time,
  }),
)

export const deadLetterPage = pageOf(deadLetter).meta({ ref: 'DeadLetterPage' })

export const retriedLetters = shapeOf<Told<typeof retryDeadLetters>>()(
  'RetriedDeadLetters',
  z.object({ retried: count, left: count.describe('How many are still there, counted up to a thousand') }),
)
