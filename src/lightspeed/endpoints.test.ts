import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSim } from '#sim/server.ts'
import { openWorld } from '#test/world.ts'
import { openBudget } from './budget.ts'
import { openLightspeed, type Lightspeed } from './client.ts'
import { personalToken } from './credentials.ts'
import { endpoints, type Endpoint } from './endpoints.ts'

test('every collection of a shop can be read, page by page to its end', async () => {
  await using sim = await openSim({ scale: 'tiny' })
  await using world = await openWorld()
  const credentials = personalToken({ origin: sim.url, token: sim.token })
  const lightspeed = openLightspeed({ credentials, budget: openBudget({ db: world.db, retailer: 'shop' }) })
  const { records: registers } = await lightspeed.list(endpoints.registers)
  const { records: consignments } = await lightspeed.list(endpoints.consignments, { deleted: false })
  const { records: products } = await lightspeed.list(endpoints.products, { deleted: false })
  const owners = {
    payments_summary: firstId(registers),
    consignment_products: firstId(consignments),
    product_inventory: firstId(products),
  }

  for (const [name, endpoint] of Object.entries(endpoints)) {
    const id = Object.entries(owners).find(([of]) => of === name)?.[1]
    const records = await walk(lightspeed, endpoint, id === undefined ? {} : { id })
    assert.ok(records > 0, `${name} is empty`)
  }
  assert.deepEqual(
    sim.requests.filter(({ status }) => status !== 200),
    [],
  )
})

async function walk(lightspeed: Lightspeed, endpoint: Endpoint, params: { id?: string }): Promise<number> {
  let records = 0
  for (let after = 0; ;) {
    const page = await lightspeed.list(endpoint, { after, params: { ...params } })
    records += page.records.length
    if (page.records.length === 0 || page.max === null) return records
    assert.ok(page.max > after)
    after = page.max
  }
}

function firstId(records: unknown[]): string {
  const [first] = records
  return typeof first === 'object' && first !== null && 'id' in first ? String(first.id) : ''
}
