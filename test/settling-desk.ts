import { warningCodes } from '#src/packing/warnings.rules.ts'
import { z } from 'zod'
import { examples } from '#src/http/examples.ts'

type Desk = {
  ask: (method: string, url: string, sent?: unknown) => Promise<unknown>
  idOf: (list: string) => Promise<string>
}

const withId = z.object({ id: z.string() })
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
  await ask('POST', `${lost}/settlement`, { outcome: 'write_off' })
  await ask('POST', `${lost}/reopening`, { reason: 'It was behind the door' })
}
