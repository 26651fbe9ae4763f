import { Hono } from 'hono'
import { z } from 'zod'
import { doorsOf, told } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { originOf } from '../http/sign-in.ts'
import { valid } from '../http/valid.ts'
import { makeTicket, readTickets, withdrawTicket } from './tickets.actions.ts'
import { longestMinutes, mostPhotos } from './tickets.rules.ts'
import { ticket, ticketMade, ticketPage, ticketTried } from './tickets.shapes.ts'

const about = doorsOf('evidence')

const refusals = { 403: [], 404: [], 422: [] }
const wish = z.strictObject({
  deliveryId: z.uuid().nullish(),
  lineId: z.uuid().nullish(),
  mostPhotos: z.int().min(1).max(mostPhotos).default(mostPhotos),
  minutes: z.int().min(1).max(longestMinutes).default(longestMinutes),
  dryRun: z.boolean().default(false),
})
const one = z.object({ id: z.uuid() })
const trying = z.object({ dryRun: z.stringbool().default(false) })

export const ticketRoutes = new Hono<Env>()
  .post(
    '/api/v1/consignments/:id/evidence-tickets',
    about(
      `Let another phone add photos for up to ${longestMinutes} minutes, by a secret that is told once`,
      { 200: told(ticketTried, 'What would be made'), 201: ticketMade },
      refusals,
    ),
    valid('json', wish),
    async (c) => {
      const { deliveryId = null, lineId = null, ...rest } = c.req.valid('json')
      const made = await makeTicket(c.var.context, c.req.param('id'), { deliveryId, lineId, ...rest })
      if (made.dryRun) return c.json(made, 200)
      const [upload, origin] = [`/api/v1/evidence-tickets/${made.id}/photos`, originOf(c)]
      return c.json({ ...made, upload: `${origin}${upload}`, page: `${origin}/photos/${made.id}#${made.secret}` }, 201)
    },
  )
  .get(
    '/api/v1/consignments/:id/evidence-tickets',
    about('By which tickets other phones may add photos, or could', { 200: ticketPage }, refusals),
    async (c) => c.json(await readTickets(c.var.context, c.req.param('id'))),
  )
  .delete(
    '/api/v1/evidence-tickets/:id',
    about('Take a ticket back: nothing more comes by it', { 200: ticket }, { ...refusals, 404: ['ticket_unknown'] }),
    valid('param', one),
    valid('query', trying),
    async (c) => c.json(await withdrawTicket(c.var.context, c.req.valid('param').id, c.req.valid('query').dryRun)),
  )
