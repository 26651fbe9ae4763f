import { Hono } from 'hono'
import { z } from 'zod'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { actOnPackLock, readPackLock } from './lock.actions.ts'
import { packLock } from './packing.shapes.ts'
import { targetOf, tried } from './trying.ts'

const about = doorsOf('packing')

const known = { 403: [], 404: ['consignment_unknown'] }
const refusals = { ...known, 409: ['pack_lock_held', 'pack_lock_needed'], 422: ['edit_not_lawful'] }

const answer = z.strictObject({ agree: z.boolean(), dryRun: z.boolean().default(false) })

export const packLockRoutes = new Hono<Env>()
  .get('/api/v1/consignments/:id/pack-lock', about('Who packs it now', { 200: packLock }, known), async (c) =>
    c.json(await readPackLock(c.var.context, c.req.param('id'))),
  )
  .put(
    '/api/v1/consignments/:id/pack-lock',
    about('Be its packer, or go on being it', { 200: packLock }, refusals),
    valid('query', tried),
    async (c) =>
      c.json(await actOnPackLock(c.var.context, targetOf(c.req.param('id'), c.req.valid('query').dryRun), 'take')),
  )
  .delete(
    '/api/v1/consignments/:id/pack-lock',
    about('Leave it to whoever asked, or to nobody', { 200: packLock }, refusals),
    valid('query', tried),
    async (c) =>
      c.json(await actOnPackLock(c.var.context, targetOf(c.req.param('id'), c.req.valid('query').dryRun), 'release')),
  )
  .post(
    '/api/v1/consignments/:id/pack-lock/beats',
    about('The packer is still there: to be said every 30 seconds', { 200: packLock }, refusals),
    async (c) => c.json(await actOnPackLock(c.var.context, targetOf(c.req.param('id'), false), 'beat')),
  )
  .post(
    '/api/v1/consignments/:id/pack-lock/requests',
    about(
      'Ask to take over; without an answer within 60 seconds it is given',
      { 200: packLock },
      { ...refusals, 409: ['pack_lock_wanted'] },
    ),
    valid('query', tried),
    async (c) =>
      c.json(await actOnPackLock(c.var.context, targetOf(c.req.param('id'), c.req.valid('query').dryRun), 'ask')),
  )
  .post(
    '/api/v1/consignments/:id/pack-lock/answers',
    about(
      'The packer’s answer to who asks',
      { 200: packLock },
      { ...refusals, 409: [...refusals[409], 'pack_lock_not_wanted'] },
    ),
    valid('json', answer),
    async (c) => {
      const { agree, dryRun } = c.req.valid('json')
      return c.json(await actOnPackLock(c.var.context, targetOf(c.req.param('id'), dryRun), agree ? 'agree' : 'refuse'))
    },
  )
