import { Hono } from 'hono'
import { z } from 'zod'
import { remoteId, unitCostField, words } from '../consignments/fields.ts'
import { doorsOf, ifMatch } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { saysMore } from '../writes/wish.fields.ts'
import { versionsAsked } from '../http/versions.ts'
import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { rehearsed, wishedWrite } from '../writes/writes.shapes.ts'
import type { Fields } from '../writes/merging.rules.ts'
import { changeProduct, makeProduct, removeProduct } from './changing.actions.ts'

const about = doorsOf('products')

const priceField = unitCostField.transform(shortest)
const optional = {
  description: words(20_000).nullish(),
  isActive: z.boolean().optional(),
  supplyPrice: priceField.optional(),
  priceIncludingTax: priceField.optional(),
  priceExcludingTax: priceField.optional(),
  supplierId: remoteId.optional(),
  supplierCode: words(100).nullish(),
  brandId: remoteId.nullish(),
  codes: z.array(words(100)).max(50).optional().describe('Barcodes, all of them; the SKU stands beside them'),
}
const how = { reason: words(500).optional(), dryRun: z.boolean().default(false) }
const making = z.strictObject({ name: words(200), sku: words(100), ...optional, ...how }).refine(onePrice, bothPrices())
const changing = z
  .strictObject({ name: words(200).optional(), sku: words(100).optional(), ...optional, ...how })
  .refine(onePrice, bothPrices())
  .refine(saysMore, 'give at least one field to change')
const param = z.object({ id: remoteId })
const answers = { 200: rehearsed, 202: wishedWrite }
const edit = { parameters: [ifMatch] }

export const productRoutes = new Hono<Env>()
  .post(
    '/api/v1/products',
    about('Have a product made in Lightspeed', answers, {
      403: [],
      404: ['supplier_unknown', 'brand_unknown'],
      409: ['code_taken'],
    }),
    valid('json', making),
    async (c) => {
      const { reason = null, dryRun, ...set } = c.req.valid('json')
      const asked = await makeProduct(c.var.context, { set: fieldsIn(set), reason, dryRun })
      return asked.dryRun ? c.json(asked) : c.json(asked, 202)
    },
  )
  .patch(
    '/api/v1/products/:id',
    about(
      'Have some of its fields changed in Lightspeed; null empties one',
      answers,
      {
        403: [],
        404: ['product_unknown', 'supplier_unknown', 'brand_unknown'],
        409: ['code_taken', 'version_stale'],
        422: ['product_without_supplier'],
      },
      edit,
    ),
    valid('param', param),
    valid('json', changing),
    async (c) => {
      const { reason = null, dryRun, ...set } = c.req.valid('json')
      const target = { id: c.req.valid('param').id, ifMatch: versionsAsked(c) }
      const asked = await changeProduct(c.var.context, target, { set: fieldsIn(set), reason, dryRun })
      return asked.dryRun ? c.json(asked) : c.json(asked, 202)
    },
  )
  .delete(
    '/api/v1/products/:id',
    about(
      'Have it deleted in Lightspeed',
      answers,
      { 403: [], 404: ['product_unknown'], 409: ['version_stale'] },
      edit,
    ),
    valid('param', param),
    valid('json', z.strictObject(how)),
    async (c) => {
      const { reason = null, dryRun } = c.req.valid('json')
      const target = { id: c.req.valid('param').id, ifMatch: versionsAsked(c) }
      const asked = await removeProduct(c.var.context, target, { reason, dryRun })
      return asked.dryRun ? c.json(asked) : c.json(asked, 202)
    },
  )

function onePrice({
  priceIncludingTax,
  priceExcludingTax,
}: {
  priceIncludingTax?: unknown
  priceExcludingTax?: unknown
}) {
  return priceIncludingTax === undefined || priceExcludingTax === undefined
}

function bothPrices() {
  return { path: ['priceExcludingTax'], message: 'Lightspeed takes one of the two prices, and reckons the other' }
}

/** As prices are compared: 4.50 and 4.5 are one. */
function shortest(cost: string): string {
  const exact = readDecimal(cost, 5)
  return exact === undefined ? cost : sayDecimal(exact, 5)
}

/** Codes in the order in which they are compared. */
function fieldsIn({ codes, ...set }: Record<string, Fields[string] | undefined>): Fields {
  const given = Object.entries(set).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  const all = Array.isArray(codes) ? { codes: [...new Set(codes.map(String))].toSorted() } : {}
  return { ...Object.fromEntries(given), ...all }
}
