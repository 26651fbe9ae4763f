import { warningCodes } from '#src/packing/warnings.rules.ts'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { examples } from '#src/http/examples.ts'

type Desk = {
  ask: (method: string, url: string, sent?: unknown) => Promise<unknown>
  idOf: (list: string) => Promise<string>
}

const withId = z.object({ id: z.string() })
const withLines = z.object({ id: z.string(), lines: z.array(z.object({ id: z.string(), productId: z.string() })) })
const listed = z.object({ data: z.array(z.looseObject({ id: z.string() })) })

/** Goods that never came are somebody's to settle. */
export async function settleCases({ ask, idOf }: Desk) {
  const one = async (of: string, not?: string) => {
    const { data } = listed.parse(await ask('GET', `/api/v1/mirror/${of}`))
    return String(data.find(({ id, deleted_at: goneAt }) => goneAt === null && id !== not)?.id)
  }
  const sourceOutletId = await one('outlets')
  const outletId = await one('outlets', sourceOutletId)
  const lines = [{ productId: await one('products'), quantity: '12' }]
  const transfer = { type: 'OUTLET_TRANSFER', outletId, sourceOutletId, lines }
  const { id } = withId.parse(await ask('POST', '/api/v1/consignments', transfer))
  for (const to of ['OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'PARTIAL'])
    await ask('POST', `/api/v1/consignments/${id}/transitions`, { to, acceptedWarnings: [...warningCodes] })
  await ask('PUT', `/api/v1/consignments/${id}/decisions`, { decisions: [], others: 'cancel' })
  await ask('POST', `/api/v1/consignments/${id}/transitions`, { to: 'CLOSED' })
  const lost = `/api/v1/cases/${await idOf(`/api/v1/cases?consignment=${id}`)}`
  await ask('GET', lost)
  await ask('PATCH', lost, examples['PATCH /api/v1/cases/{id}'])
  await ask('POST', `${lost}/settlement`, { outcome: 'write_off', note: 'It is gone' })
  await ask('POST', `${lost}/reopening`, { reason: 'It was behind the door' })
  await ask('GET', '/api/v1/case-rules')
  await ask('PUT', '/api/v1/case-rules/OUTLET_TRANSFER/lost', { role: 'director', side: 'source', days: 2 })
  await returnGoods({ ask, idOf }, { outletId, supplierId: await one('suppliers'), lines })
}

/** An order comes, and a part of it goes back and is credited. */
async function returnGoods({ ask }: Desk, parties: { outletId: string; supplierId: string; lines: object[] }) {
  const here = async (body: object) => {
    const made = withLines.parse(await ask('POST', '/api/v1/consignments', body))
    return { ...made, at: `/api/v1/consignments/${made.id}` }
  }
  const order = await here({ type: 'PURCHASE_ORDER', ...parties })
  for (const decision of ['submit', 'approve']) await ask('POST', `${order.at}/approval`, { decision })
  await ask('POST', `${order.at}/transitions`, { to: 'SENT' })
  const { id } = withId.parse(await ask('POST', `${order.at}/deliveries`, { id: randomUUID() }))
  const scans = order.lines.map(({ productId }) => ({ id: randomUUID(), productId, quantity: '12' }))
  await ask('POST', `${order.at}/deliveries/${id}/scans`, { scans })
  await ask('POST', `${order.at}/deliveries/${id}/completion`, { outcome: 'complete' })
  const lines = order.lines.map((line) => ({ lineId: line.id, quantity: '2', reason: 'faulty' }))
  await ask('POST', `${order.at}/returns`, { lines, dryRun: true })
  const back = `/api/v1/consignments/${withId.parse(await ask('POST', `${order.at}/returns`, { lines })).id}`
  await ask('PATCH', `${back}/return`, { rma: 'RMA-4711' })
  for (const to of ['OPEN', 'PACKING', 'PACKAGED', 'SENT'])
    await ask('POST', `${back}/transitions`, { to, acceptedWarnings: [...warningCodes] })
  await ask('PUT', `${back}/credit`, examples['PUT /api/v1/consignments/{id}/credit'])
  await ask('PUT', `${back}/credit-refusal`, { reason: 'No more than that' })
  await ask('GET', `${back}/return`)
}
