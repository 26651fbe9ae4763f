import { Hono } from 'hono'
import { z } from 'zod'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { readWrite, readWrites } from './reading.actions.ts'
import { lightspeedWrite, writePage } from './writes.shapes.ts'
import { writeKinds, writeStates } from './writes.rules.ts'

const about = doorsOf('lightspeed')

const query = z.object({
  state: z.enum(writeStates).optional(),
  kind: z.enum(writeKinds).optional(),
  after: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

export const writeRoutes = new Hono<Env>()
  .get(
    '/api/v1/lightspeed-writes',
    about('What was asked to be written to Lightspeed: products, stock, suppliers; newest first', { 200: writePage }),
    valid('query', query),
    async (c) => {
      const { after, limit, ...filter } = c.req.valid('query')
      return c.json(await readWrites(c.var, filter, { after, limit }))
    },
  )
  .get(
    '/api/v1/lightspeed-writes/:id',
    about(
      'How far it came: it waits, is done with what Lightspeed then said, or has failed and why',
      { 200: lightspeedWrite },
      { 404: ['write_unknown'] },
    ),
    valid('param', z.object({ id: z.uuid() })),
    async (c) => c.json(await readWrite(c.var, c.req.valid('param').id)),
  )
