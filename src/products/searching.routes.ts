import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { remoteId, words } from '../consignments/fields.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { searchProducts } from './searching.actions.ts'

const query = z.object({
  q: words(200),
  outlet: remoteId.optional(),
  supplier: remoteId.optional(),
  after: z.coerce.number().int().min(0).max(200).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export const searchRoutes = new Hono<Env>().get(
  '/api/v1/products',
  describeRoute({
    tags: ['products'],
    summary: 'Products by name, SKU, supplier’s code or any barcode, best first; spelling does not matter much',
  }),
  valid('query', query),
  async (c) => {
    const { outlet = null, supplier = null, ...rest } = c.req.valid('query')
    return c.json(await searchProducts(c.var.context, { ...rest, outletId: outlet, supplierId: supplier }))
  },
)
