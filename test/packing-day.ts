import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/database.ts'

type Ask = (method: string, url: string, sent?: unknown) => Promise<unknown>

const withId = z.object({ id: z.string() })
const listed = z.object({ data: z.array(z.looseObject({ id: z.string() })) })

/** A transfer is packed into boxes, by one packer at a time. */
export async function packGoods(db: Db, ask: Ask) {
  const { data } = listed.parse(await ask('GET', '/api/v1/mirror/outlets'))
  const [from, to] = data.filter(({ deleted_at: goneAt }) => goneAt === null)
  const products = listed.parse(await ask('GET', '/api/v1/mirror/products')).data
  const productId = products.find(({ deleted_at: goneAt }) => goneAt === null)?.id
  const lines = [{ productId, quantity: '4' }]
  const wish = { type: 'OUTLET_TRANSFER', outletId: to?.id, sourceOutletId: from?.id, lines }
  const { id } = withId.parse(await ask('POST', '/api/v1/consignments', wish))
  const here = `/api/v1/consignments/${id}`
  await ask('POST', `${here}/request`, { note: 'For Saturday' })
  await ask('GET', '/api/v1/transfer-requests')
  await ask('DELETE', `${here}/request`)
  await ask('POST', `${here}/request`, {})
  await ask('GET', `${here}/request`)
  await ask('POST', `${here}/request/answer`, { answer: 'agree' })
  await ask('POST', `${here}/transitions`, { to: 'PACKING' })
  await ask('PUT', `${here}/pack-lock`)
  await ask('POST', `${here}/pack-lock/beats`)
  await ask('POST', `${here}/pack-lock/requests`)
  await ask('GET', `${here}/pack-lock`)
  await sql`update pack_lock set wanted_by = 'ben', wanted_at = now()`.execute(db)
  await ask('POST', `${here}/pack-lock/answers`, { agree: false })
  const box = { id: randomUUID(), label: 'Glass' }
  for (const _ of ['made', 'there already']) await ask('POST', `${here}/boxes`, box)
  const there = `${here}/boxes/${box.id}`
  const items = [{ id: randomUUID(), productId, quantity: '2' }]
  const packed = await ask('POST', `${there}/items`, { items })
  const { lineId } = z.object({ results: z.array(z.object({ lineId: z.string() })) }).parse(packed).results[0] ?? {}
  await ask('PUT', `${there}/items/${lineId}`, { quantity: '3' })
  await ask('PATCH', there, { weightGrams: 700 })
  await ask('GET', `${here}/boxes`)
  await ask('GET', `${here}/stock-check`)
  await ask('PUT', `${here}/packing-draft`, { sequence: 1, state: { typed: '3' } })
  await ask('GET', `${here}/packing-draft`)
  await ask('DELETE', `${here}/packing-draft`)
  await ask('GET', `${here}/packing-slip`)
  await ask('GET', `/api/v1/availability?outletId=${from?.id}&productId=${productId}`)
  await ask('GET', '/api/v1/in-transit')
  await ask('DELETE', there)
  await ask('DELETE', `${here}/pack-lock`)
}
