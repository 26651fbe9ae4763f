import { randomUUID } from 'node:crypto'
import { z } from 'zod'

type Ask = (method: string, url: string, sent?: unknown) => Promise<unknown>

const rows = z.object({
  data: z.array(z.looseObject({ id: z.string(), deleted_at: z.string().nullable().optional() })),
})
const withId = z.object({ id: z.string() })

/** A transfer arrives at every door of receiving. */
export async function receiveGoods(ask: Ask) {
  const list = async (of: string) => {
    const { data } = rows.parse(await ask('GET', `/api/v1/mirror/${of}?limit=50`))
    return data.filter((row) => row.deleted_at === null).map(({ id }) => id)
  }
  const [outletId, sourceOutletId] = await list('outlets')
  const [productId] = await list('products')
  const wish = { type: 'OUTLET_TRANSFER', outletId, sourceOutletId, lines: [{ productId, quantity: '12' }] }
  const { id } = withId.parse(await ask('POST', '/api/v1/consignments', wish))
  const here = `/api/v1/consignments/${id}`
  for (const to of ['OPEN', 'PACKING', 'PACKAGED', 'SENT'])
    await ask('POST', `${here}/transitions`, { to, acceptedWarnings: ['nothing_packed', 'stock_short'] })
  const delivery = { id: randomUUID() }
  const there = `${here}/deliveries/${delivery.id}`
  await ask('POST', `${here}/deliveries`, delivery)
  await ask('POST', `${here}/deliveries`, delivery)
  const scan = { id: randomUUID(), productId, quantity: 3 }
  const scans = [scan, scan, { id: randomUUID(), code: 'who knows' }, { id: randomUUID(), code: 'x', quantity: 'many' }]
  await ask('POST', `${there}/scans`, { scans })
  await ask('GET', `${here}/deliveries`)
  await ask('GET', there)
  await ask('POST', `${here}/unknown-codes/${encodeURIComponent('who knows')}`, { productId })
  await ask('POST', `${there}/completion`, { outcome: 'more_to_come' })
  const { lines } = z.object({ lines: z.array(withId) }).parse(await ask('GET', here))
  const line = `${here}/lines/${lines[0]?.id}`
  await ask('PATCH', `${line}/received`, { received: '5', damaged: { expired: '1' }, reason: 'Counted again' })
  await ask('PUT', `${line}/variance`, { reason: 'short' })
  await ask('POST', `${here}/recount-requests`, {})
  await ask('GET', `/api/v1/recount-requests?outletId=${sourceOutletId}`)
  const { data } = z.object({ data: z.array(withId) }).parse(await ask('GET', `${here}/recount-requests`))
  await ask('POST', `${here}/recount-requests/${data[0]?.id}/answer`, { answer: 'recounted', quantity: '6' })
  await ask('GET', `/api/v1/arrivals?outletId=${outletId}&productId=${productId}`)
  await ask('POST', `${here}/receipts`, { id: randomUUID(), asOrdered: true, outcome: 'complete' })
}
