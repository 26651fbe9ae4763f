import { Hono } from 'hono'
import { z } from 'zod'
import { remoteId, words } from '../consignments/fields.ts'
import { doorsOf, ifMatch } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { saysMore } from '../writes/wish.fields.ts'
import { versionsAsked } from '../http/versions.ts'
import { rehearsed, wishedWrite } from '../writes/writes.shapes.ts'
import { changeSupplier, makeSupplier } from './changing.actions.ts'

const about = doorsOf('suppliers')

const optional = {
  description: words(2000).nullish(),
  companyName: words(200).nullish(),
  firstName: words(100).nullish(),
  lastName: words(100).nullish(),
  email: z.email().max(200).nullish(),
  phone: words(50).nullish(),
  mobile: words(50).nullish(),
  website: words(200).nullish(),
}
const how = { reason: words(500).optional(), dryRun: z.boolean().default(false) }
const making = z.strictObject({ name: words(200), ...optional, ...how })
const changing = z
  .strictObject({ name: words(200).optional(), ...optional, ...how })
  .refine(saysMore, 'give at least one field to change')

export const supplierRoutes = new Hono<Env>()
  .post(
    '/api/v1/suppliers',
    about(
      'Have a supplier made in Lightspeed',
      { 200: rehearsed, 202: wishedWrite },
      { 403: [], 409: ['supplier_name_taken'] },
    ),
    valid('json', making),
    async (c) => {
      const { reason = null, dryRun, ...set } = c.req.valid('json')
      const asked = await makeSupplier(c.var.context, { set: given(set), reason, dryRun })
      return asked.dryRun ? c.json(asked) : c.json(asked, 202)
    },
  )
  .patch(
    '/api/v1/suppliers/:id',
    about(
      'Have some of its fields changed in Lightspeed; null empties one',
      { 200: rehearsed, 202: wishedWrite },
      { 403: [], 404: ['supplier_unknown'], 409: ['supplier_name_taken', 'version_stale'] },
      { parameters: [ifMatch] },
    ),
    valid('param', z.object({ id: remoteId })),
    valid('json', changing),
    async (c) => {
      const { reason = null, dryRun, ...set } = c.req.valid('json')
      const target = { id: c.req.valid('param').id, ifMatch: versionsAsked(c) }
      const asked = await changeSupplier(c.var.context, target, { set: given(set), reason, dryRun })
      return asked.dryRun ? c.json(asked) : c.json(asked, 202)
    },
  )

function given(set: Record<string, string | null | undefined>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(set).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
