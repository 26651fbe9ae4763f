import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { jpeg } from './photos.ts'

type Ask = (method: string, url: string, sent?: unknown, headers?: Record<string, string>) => Promise<unknown>

const made = z.object({ id: z.string(), secret: z.string() })

/** What came is photographed, looked at and removed. */
export async function photograph(ask: Ask, idOf: (list: string) => Promise<string>) {
  const here = `/api/v1/consignments/${await idOf('/api/v1/consignments')}/evidence`
  const photo = await jpeg()
  const id = randomUUID()
  await ask('POST', `${here}?id=${id}&dryRun=true`, photo)
  await ask('POST', `${here}?id=${id}`, photo)
  await ask('POST', `${here}?id=${id}`, photo)
  await ask('GET', `${here}?all=true`)
  await ask('GET', `/api/v1/evidence/${id}`)
  await ask('GET', `/api/v1/evidence/${id}/thumbnail?edge=1600`)
  await ask('PUT', '/api/v1/evidence-rules', { asksPhoto: true, asksSignature: true })
  await ask('POST', `${here}-tickets`, { dryRun: true })
  const ticket = made.parse(await ask('POST', `${here}-tickets`, { mostPhotos: 3 }))
  const byTicket = { authorization: `Bearer ${ticket.secret}` }
  const door = `/api/v1/evidence-tickets/${ticket.id}/photos`
  await ask('GET', door, undefined, byTicket)
  const another = randomUUID()
  await ask('POST', `${door}?id=${another}`, photo, byTicket)
  await ask('POST', `${door}?id=${another}`, photo, byTicket)
  await ask('GET', `${here}-tickets`)
  await ask('DELETE', `/api/v1/evidence-tickets/${ticket.id}`)
  await ask('DELETE', `/api/v1/evidence/${id}`, { reason: 'Another box' })
}

/** As it is sent: a file as it is, anything else as JSON. */
export function asBody(sent: unknown): string | Uint8Array<ArrayBuffer> {
  if (sent instanceof Uint8Array) return Uint8Array.from(sent)
  return typeof sent === 'string' ? sent : JSON.stringify(sent)
}
