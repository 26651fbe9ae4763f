import { z } from 'zod'
import { examples } from '#src/http/examples.ts'

type Ask = (method: string, url: string, sent?: unknown) => Promise<unknown>

const listed = z.object({ data: z.array(z.looseObject({ id: z.string() })) })

/** Products, suppliers and stock are changed in Lightspeed, and rehearsed before. */
export async function changeGoods(ask: Ask, cast: { outletId: string; supplierId: string; productId: string }) {
  const { outletId, supplierId, productId } = cast
  const wishes = [
    ['POST', '/api/v1/products', examples['POST /api/v1/products']],
    ['PATCH', `/api/v1/products/${productId}`, { name: 'Another Name' }],
    ['DELETE', `/api/v1/products/${productId}`, {}],
    ['POST', '/api/v1/suppliers', examples['POST /api/v1/suppliers']],
    ['PATCH', `/api/v1/suppliers/${supplierId}`, { phone: '1' }],
    ['POST', '/api/v1/inventory/adjustments', { productId, outletId, quantity: '-1' }],
    ['POST', '/api/v1/inventory/levels', { productId, outletId, quantity: '5' }],
    ['POST', '/api/v1/inventory/batches', { rows: [{ productId, outletId, adjustment: '2' }] }],
  ] as const
  for (const [method, path, body] of wishes)
    for (const dryRun of [true, false]) await ask(method, path, { ...body, dryRun })
  const { data } = listed.parse(await ask('GET', '/api/v1/lightspeed-writes'))
  await ask('GET', `/api/v1/lightspeed-writes/${data[0]?.id}`)
}
