import assert from 'node:assert/strict'
import { isRefused, isStatus, type Law } from './law.ts'
import { rowIn, rowsIn, textIn, type Shop } from './shop.ts'

/** An address that nobody has: nothing is ever delivered there. */
const url = 'https://contract-check.invalid/webhooks'

const types = [
  'sale.update',
  'product.update',
  'customer.update',
  'inventory.update',
  'register_closure.create',
  'consignment.send',
  'consignment.receive',
]

/** Registration of webhooks. */
export const lawsOfWebhooks: Law[] = [
  {
    name: 'each of the seven webhooks can be registered once, changed and removed',
    writes: true,
    check: async (shop) => {
      for (const type of types) await checkHook(shop, type)
    },
  },
  {
    name: 'a webhook that does not exist cannot be registered',
    writes: true,
    check: async (shop) => {
      for (const type of ['consignment.sent', 'outlet.update']) {
        isRefused(await shop.send('POST', '/webhooks', { url, type, active: true }))
      }
    },
  },
]

async function checkHook(shop: Shop, type: string): Promise<void> {
  const made = await shop.send('POST', '/webhooks', { url, type, active: false })
  isStatus(made, 201)
  const id = textIn(rowIn(made), 'id')
  try {
    assert.deepEqual([rowIn(made)['url'], rowIn(made)['type'], rowIn(made)['active']], [url, type, false])
    isStatus(await shop.send('POST', '/webhooks', { url, type, active: false }), 409)
    assert.ok(rowsIn(await shop.get('/webhooks')).some((row) => row['id'] === id))
    isStatus(await shop.send('PUT', `/webhooks/${id}`, { url: `${url}/2`, type, active: false }), 200)
  } finally {
    isStatus(await shop.send('DELETE', `/webhooks/${id}`), 200)
  }
  isStatus(await shop.send('DELETE', `/webhooks/${id}`), 404)
}
