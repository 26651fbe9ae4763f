import { Hono } from 'hono'
import { z } from 'zod'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { roleGrant, roleGrantPage, roleList, roleShape, givenRole } from './roles.shapes.ts'
import { changeRole, giveRole, readGrants, readRoles, resetRole, takeRoleBack } from './roles.actions.ts'

const about = doorsOf('roles')

const role = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z_]*$/, 'give a role such as store_manager')
const words = z.string().trim().min(1).max(200)
const named = z.object({ role })
const granted = z.object({ id: z.uuid() })
const wish = z.strictObject({
  actor: words,
  role,
  outletId: words.nullish(),
  dryRun: z.boolean().default(false),
})
const change = z.strictObject({ rights: z.array(z.string().max(100)).max(200) })
const filter = z.object({
  actor: words.optional(),
  role: role.optional(),
  outletId: words.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

export const roleRoutes = new Hono<Env>()
  .get('/api/v1/roles', about('Every role, and what it may do', { 200: roleList }), async (c) =>
    c.json(await readRoles(c.var.context)),
  )
  .put(
    '/api/v1/roles/:role',
    about('Give a role these rights, or make a new one', { 200: roleShape }, { 422: ['role_not_valid'] }),
    valid('param', named),
    valid('json', change),
    async (c) => c.json(await changeRole(c.var.context, c.req.valid('param').role, c.req.valid('json').rights)),
  )
  .delete(
    '/api/v1/roles/:role',
    about('Take a role back to the rights that it began with', { 200: roleShape }),
    valid('param', named),
    async (c) => c.json(await resetRole(c.var.context, c.req.valid('param').role)),
  )
  .get(
    '/api/v1/role-grants',
    about('Who is what, at which outlet; without an outlet everywhere', { 200: roleGrantPage }),
    valid('query', filter),
    async (c) => c.json(await readGrants(c.var.context, c.req.valid('query'))),
  )
  .post(
    '/api/v1/role-grants',
    about(
      'Give somebody a role; from then on he may do only what his roles give',
      { 200: givenRole, 201: givenRole },
      { 409: ['role_grant_exists'], 422: ['role_not_valid'] },
    ),
    valid('json', wish),
    async (c) => {
      const { dryRun, outletId = null, ...rest } = c.req.valid('json')
      const given = await giveRole(c.var.context, { ...rest, outletId }, { dryRun })
      return c.json({ dryRun, ...given }, dryRun ? 200 : 201)
    },
  )
  .delete(
    '/api/v1/role-grants/:id',
    about('Take a role back', { 200: roleGrant }, { 404: ['role_grant_unknown'] }),
    valid('param', granted),
    async (c) => c.json(await takeRoleBack(c.var.context, c.req.valid('param').id)),
  )
