import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { sayVersion, versionsAsked } from '../http/versions.ts'
import {
  deleteDeadLetter,
  editDeadLetter,
  readDeadLetter,
  readDeadLetters,
  retryDeadLetter,
  retryDeadLetters,
} from './dead-letters.actions.ts'
import { deadLetter, deadLetterPage, retriedLetters } from './dead-letters.shapes.ts'
import { doorsOf, ifMatch, versioned } from '../http/describing.ts'
import { deletedShape, retried } from './jobs.shapes.ts'

const about = doorsOf('jobs')

const letterId = z.object({ id: z.uuid() })
const letterPage = z.object({
  kind: z.string().max(100).optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const retries = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(1000).optional(),
    kind: z.string().max(100).optional(),
    all: z.literal(true).optional(),
    limit: z.int().min(1).max(1000).optional(),
  })
  .refine(({ ids, kind, all }) => [ids, kind, all].filter((one) => one !== undefined).length === 1, {
    message: 'give one of ids, kind and all',
  })
const mended = z.strictObject({ payload: z.unknown() })
const reason = z.strictObject({ reason: z.string().trim().min(3).max(500) })

export const deadLetterRoutes = new Hono<Env>()
  .get(
    '/api/v1/dead-letters',
    about('Jobs that failed for good, newest first', { 200: deadLetterPage }),
    valid('query', letterPage),
    async (c) => c.json(await readDeadLetters(c.var.context, c.req.valid('query'))),
  )
  .post(
    '/api/v1/dead-letters/retries',
    about('Put dead letters back into the queue: some by id, all of a kind, or all; a thousand at once', {
      202: retriedLetters,
    }),
    valid('json', retries),
    async (c) => {
      const { ids, kind, limit } = c.req.valid('json')
      return c.json(await retryDeadLetters(c.var.context, { ids, kind }, limit), 202)
    },
  )
  .get(
    '/api/v1/dead-letters/:id',
    about('One of them, with its failures', { 200: versioned(deadLetter) }, { 404: ['dead_letter_unknown'] }),
    valid('param', letterId),
    async (c) => {
      const letter = await readDeadLetter(c.var.context, c.req.valid('param').id)
      sayVersion(c, letter.version)
      return c.json(letter)
    },
  )
  .post(
    '/api/v1/dead-letters/:id/retry',
    about('Put it back into the queue', { 202: retried }, { 404: ['dead_letter_unknown'] }),
    valid('param', letterId),
    async (c) => c.json(await retryDeadLetter(c.var.context, c.req.valid('param').id), 202),
  )
  .patch(
    '/api/v1/dead-letters/:id',
    about(
      'Mend its arguments, of the version in If-Match; what its kind could not do is refused',
      { 200: versioned(deadLetter) },
      { 404: ['dead_letter_unknown'], 409: ['dead_letter_changed', 'job_kind_unknown'], 422: ['payload_not_valid'] },
      { parameters: [ifMatch] },
    ),
    valid('param', letterId),
    valid('json', mended),
    async (c) => {
      const { payload } = c.req.valid('json')
      const edit = { payload, expected: versionsAsked(c) }
      const letter = await editDeadLetter(c.var.context, c.req.valid('param').id, edit)
      sayVersion(c, letter.version)
      return c.json(letter)
    },
  )
  .delete(
    '/api/v1/dead-letters/:id',
    about(
      'Remove it for good, with the reason',
      { 200: deletedShape },
      { 404: ['dead_letter_unknown'], 409: ['dead_letter_changed'] },
      { parameters: [ifMatch] },
    ),
    valid('param', letterId),
    valid('json', reason),
    async (c) => {
      const { reason: why } = c.req.valid('json')
      await deleteDeadLetter(c.var.context, c.req.valid('param').id, { reason: why, expected: versionsAsked(c) })
      return c.json({ deleted: true })
    },
  )
