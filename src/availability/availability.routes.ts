import { Hono } from 'hono'
import { z } from 'zod'
import { remoteId } from '../consignments/fields.ts'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { checkStock, readAvailability } from './availability.actions.ts'
import { availability, inTransit, stockCheck } from './availability.shapes.ts'
import { readInTransit } from './in-transit.actions.ts'

const about = doorsOf('stock')

/** As many products as one question is about. */
const mostProducts = 200
const ids = z
  .string()
  .max(mostProducts * 101)
  .transform((given) => [...new Set(given.split(',').map((id) => id.trim()))].filter((id) => id !== ''))
  .pipe(z.array(remoteId).min(1).max(mostProducts))

export const availabilityRoutes = new Hono<Env>()
  .get(
    '/api/v1/availability',
    about(
      'What is available of some products at an outlet: `productId` may name several, parted by commas',
      { 200: availability },
      { 403: [], 422: [] },
    ),
    valid('query', z.object({ outletId: remoteId, productId: ids })),
    async (c) => {
      const { outletId, productId: productIds } = c.req.valid('query')
      return c.json(await readAvailability(c.var.context, { outletId, productIds }))
    },
  )
  .get(
    '/api/v1/consignments/:id/stock-check',
    about(
      'What it takes from its source, and what there is without it',
      { 200: stockCheck },
      { 403: [], 404: ['consignment_unknown'], 422: ['source_missing'] },
    ),
    async (c) => c.json(await checkStock(c.var.context, c.req.param('id'))),
  )
  .get(
    '/api/v1/in-transit',
    about('What is under way from where to where: how much, its value, for how long', { 200: inTransit }, { 403: [] }),
    valid('query', z.object({ outletId: remoteId.optional() })),
    async (c) => c.json(await readInTransit(c.var.context, c.req.valid('query').outletId)),
  )
