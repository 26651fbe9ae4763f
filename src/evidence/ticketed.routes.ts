import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { doorsOf, told } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { countForAddress, countForCaller } from '../http/rate-limit.ts'
import { valid } from '../http/valid.ts'
import { Refusal } from '../kernel/refusal.ts'
import { addByTicket, holderOf, ticketedView, ticketOf } from './ticketed.actions.ts'
import type { TicketRow } from './tickets.store.ts'
import { ticketed, ticketedPhoto } from './tickets.shapes.ts'
import { fullUpload, pictures, saidOf } from './uploads.ts'

const about = doorsOf('evidence')

const strangers = { 401: ['ticket_not_valid', 'ticket_over'] }
const uploads = {
  ...strangers,
  409: ['ticket_full', 'evidence_full', 'evidence_id_used'],
  413: ['body_too_large'],
  422: ['evidence_not_valid'],
  502: ['storage_away'],
}
const openly = { isOpen: true }
const one = z.object({ id: z.uuid() })
const sent = fullUpload.pick({ id: true, name: true, note: true, takenAt: true })

/** For phones that nobody signed in: what they bring is the secret of a ticket. */
export const ticketedRoutes = new Hono<Env>()
  .get(
    '/api/v1/evidence-tickets/:id/photos',
    about('With a ticket: what photos are wanted of, how many, until when', { 200: ticketed }, strangers, openly),
    valid('param', one),
    async (c) => c.json(ticketedView(await ticketIn(c, c.req.valid('param').id))),
  )
  .post(
    '/api/v1/evidence-tickets/:id/photos',
    about(
      'With a ticket: add a photo; the file itself is the body',
      { 200: told(ticketedPhoto, 'It is there already'), 201: ticketedPhoto },
      uploads,
      { ...openly, body: pictures },
    ),
    valid('param', one),
    valid('query', sent),
    async (c) => {
      const at = new Date()
      const row = await ticketIn(c, c.req.valid('param').id)
      const { database, log, wakeRunner, storage, config } = c.var.house
      const context = { database, actor: holderOf(row), correlationId: c.var.correlationId, log, wakeRunner }
      const { id, name, note, takenAt } = saidOf({ kind: 'photo', ...c.req.valid('query') })
      const upload = { ticket: row, said: { id, name, note, takenAt }, body: c.req.raw.body, at }
      const { isNew, photo } = await addByTicket(context, { storage, dataDir: config.dataDir }, upload)
      return c.json(photo, isNew ? 201 : 200)
    },
  )

/** Whoever tries secrets is counted by address, and soon waits. */
async function ticketIn(c: Context<Env>, id: string): Promise<TicketRow> {
  const [scheme, secret = ''] = (c.req.header('authorization') ?? '').split(' ')
  try {
    const row = await ticketOf(c.var.house.database.db, id, scheme?.toLowerCase() === 'bearer' ? secret : '')
    await countForCaller(c, `ticket:${row.id}`)
    return row
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'not_signed_in') await countForAddress(c)
    throw error
  }
}
