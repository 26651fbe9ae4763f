import { Hono } from 'hono'
import { z } from 'zod'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { shapeOf, count, time, type Told } from '../http/shape.ts'
import { valid } from '../http/valid.ts'
import { forgetDraft, keepDraft, readDraft } from './drafts.actions.ts'

const about = doorsOf('packing')

const refusals = { 403: [], 404: ['consignment_unknown'] }

const draft = shapeOf<Told<typeof readDraft>>()(
  'PackDraft',
  z.object({ draft: z.object({ sequence: count, state: z.unknown(), savedAt: time }).nullable() }),
)
const wish = z.strictObject({
  sequence: z.int().min(1).describe('Counted up by the client: of two savings the higher one stays'),
  state: z.record(z.string(), z.unknown()).describe('The client’s own; at most 256 kB'),
})

export const packDraftRoutes = new Hono<Env>()
  .get(
    '/api/v1/consignments/:id/packing-draft',
    about('What one has typed and not put into a box yet', { 200: draft }, refusals),
    async (c) => c.json<object>(await readDraft(c.var.context, c.req.param('id'))),
  )
  .put(
    '/api/v1/consignments/:id/packing-draft',
    about(
      'Keep what one has typed: every 12 seconds, and when a field is left',
      { 200: draft },
      { ...refusals, 409: ['draft_older'], 422: ['edit_not_lawful', 'draft_too_large'] },
    ),
    valid('json', wish),
    async (c) => c.json<object>(await keepDraft(c.var.context, c.req.param('id'), c.req.valid('json'))),
  )
  .delete(
    '/api/v1/consignments/:id/packing-draft',
    about('Forget what one has typed', { 200: draft }, refusals),
    async (c) => c.json<object>(await forgetDraft(c.var.context, c.req.param('id'))),
  )
