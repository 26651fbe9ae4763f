import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { hashOf } from '#src/people/sign-in.actions.ts'
import type { Right } from '#src/people/rights.rules.ts'
import type { Sim } from '#sim/server.ts'
import { openBridge } from './bridging.ts'
import type { ShopOptions } from './shop.ts'
import { typeCommand } from './terminal.ts'
import { until } from './workers.ts'

type Scan = { id?: string; productId?: string; code?: string; quantity: string; at?: string; area?: string }
type Filters = { type: 'brand' | 'supplier' | 'type' | 'tag' | 'product'; value: string }[]

/** A shop that counts, with the simulator's outlets and products in its mirror. */
export async function openStocktaking(options: ShopOptions = {}) {
  const bridge = await openBridge(options)
  const acts = actsOf(bridge)
  return { ...bridge, ...acts, ...floorOf(bridge), ...posting(bridge, acts) }
}

type Bridge = Awaited<ReturnType<typeof openBridge>>

/** What people do with a count. */
function actsOf({ api, here, move }: Bridge) {
  const { consignments } = api.api.v1
  const one = consignments[':id']
  const draft = async (products: readonly string[] = []) => {
    const lines = products.map((productId) => ({ productId, quantity: '0' }))
    const made = await consignments.$post({ json: { type: 'STOCKTAKE', outletId: here, lines } })
    assert.equal(made.status, 201)
    return (await made.json()).id
  }
  const count = (id: string, scans: readonly Scan[], headers: Record<string, string> = {}) =>
    one.counts.$post(
      { param: { id }, json: { scans: scans.map((scan) => ({ id: randomUUID(), at: clock(), ...scan })) } },
      { headers },
    )
  return {
    one,
    draft,
    count,
    scope: (id: string, json: { filters?: Filters; full?: boolean; blind?: boolean; dryRun?: boolean }) =>
      one.scope.$put({ param: { id }, json }),
    /** A count of some products that is open. */
    open: async (products: readonly string[]) => {
      const id = await draft(products)
      await move(id, 'OPEN')
      return id
    },
    counted: async (id: string, scans: readonly Scan[], headers: Record<string, string> = {}) => {
      const answer = await count(id, scans, headers)
      assert.equal(answer.status, 200, await answer.clone().text())
      return answer.json()
    },
    decide: (id: string, decision: 'leave' | 'zero', lineIds?: string[]) => {
      const json = { decision, reason: 'Looked twice', ...(lineIds ? { lineIds } : {}) }
      return one.uncounted.$post({ param: { id }, json })
    },
    variances: async (id: string) => (await one.variances.$get({ param: { id }, query: { all: 'true' } })).json(),
    uncounted: async (id: string) => (await one.uncounted.$get({ param: { id }, query: {} })).json(),
    show: async (id: string) => (await one.$get({ param: { id } })).json(),
  }
}

function posting({ sync, hire, until: untilLinked }: Bridge, { one }: Pick<ReturnType<typeof actsOf>, 'one'>) {
  const simulate = async (id: string) => {
    const answer = await one.simulation.$post({ param: { id }, json: {} })
    assert.equal(answer.status, 200, await answer.clone().text())
    return answer.json()
  }
  const post = (id: string, digest: string, dryRun = false) =>
    one.posting.$post({ param: { id }, json: { digest, dryRun } })
  return {
    simulate,
    post,
    /** Simulates, and posts what came of it, until Lightspeed has it. */
    postAll: async (id: string) => {
      await sync('inventory')
      const { digest } = await simulate(id)
      const answer = await post(id, digest)
      assert.equal(answer.status, 200, await answer.clone().text())
      const worker = await hire()
      await untilLinked(id, 'synced')
      await worker.stop()
    },
  }
}

/** What is to be seen in the shop, and who works there. */
function floorOf({ sim, api, db, here, products: all }: Bridge) {
  const levels = () => levelsIn(sim, here)
  const onHand = levels()
  return {
    /** Of each ten or more are on hand. */
    products: all.filter((id) => (onHand.get(id) ?? 0) >= 10),
    /** All of the outlet's stock in Lightspeed, by product. */
    levels,
    /** What Lightspeed says is on hand. */
    levelOf: (productId: string) => levels().get(productId) ?? 0,
    /** Somebody buys at the till. */
    sell: (productId: string, quantity: number) => sellIn(sim, { productId, outletId: here, quantity }),
    adjustments: () => sim.store.list('stock_adjustments', { after: 0, limit: Infinity, deleted: false }),
    consign: (line: string | readonly string[]) => typeCommand(line, { api }),
    hireHand: async (name: string, ...scopes: Right[]) => {
      await db
        .insertInto('api_token')
        .values({ name, token_hash: hashOf(name), scopes })
        .execute()
      return { authorization: `Bearer ${name}` }
    },
  }
}

export function clock(): string {
  return new Date().toISOString()
}

/** As somebody in the shop would see them, without asking over the network. */
function levelsIn({ store }: Sim, outletId: string): Map<string, number> {
  const rows = store.list('inventory', { after: 0, limit: Infinity, deleted: false })
  return new Map(
    rows.flatMap((row) =>
      row['outlet_id'] === outletId ? [[String(row['product_id']), Number(row['inventory_level'])] as const] : [],
    ),
  )
}

type Sale = { productId: string; outletId: string; quantity: number }

async function sellIn({ store, url, token }: Sim, { productId, outletId, quantity }: Sale) {
  const all = { after: 0, limit: Infinity, deleted: false }
  const register = store.list('registers', all).find((row) => row['outlet_id'] === outletId)
  const [user] = store.list('users', all)
  assert.ok(register && user)
  // Tills tell the second of a sale: it is to be neither before what came before it nor after what comes after it.
  const second = Math.ceil(Date.now() / 1000) * 1000
  await until(() => Date.now() >= second)
  const answer = await fetch(`${url}/api/register_sales`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      register_id: register.id,
      user_id: user.id,
      status: 'CLOSED',
      register_sale_products: [{ product_id: productId, quantity, price: 5, tax: 0 }],
    }),
  })
  assert.equal(answer.status, 200, await answer.text())
}
