import { Hono } from 'hono'
import { z } from 'zod'
import { remoteId } from '../consignments/fields.ts'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { productPage } from './products.shapes.ts'
import { searchProducts } from './searching.actions.ts'

const query = z.object({
  q: z.string().trim().max(200).default(''),
  outlet: remoteId.optional(),
  supplier: remoteId.optional(),
  after: z.coerce.number().int().min(0).max(1000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export const searchRoutes = new Hono<Env>().get(
  '/api/v1/products',
  doorsOf('products')('Products by name, SKU, supplier’s code or any barcode, best first; spelling hardly matters', {
    200: productPage,
  }),
  valid('query', query),
  async (c) => {
    const { outlet = null, supplier = null, ...rest } = c.req.valid('query')
    return c.json(await searchProducts(c.var.context, { ...rest, outletId: outlet, supplierId: supplier }))
  },
)
