import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/database.ts'
import type { Status } from '#src/consignments/lifecycle.rules.ts'
import { startWorker } from '#src/jobs/worker.ts'
import { openShop, type ShopOptions } from './shop.ts'
import { until } from './workers.ts'

const header = z.object({
  id: z.string(),
  status: z.string(),
  name: z.string(),
  reference: z.string().nullish(),
  type: z.string(),
})
const headers = z.object({ data: z.array(header) })
const line = z.object({
  product_id: z.string(),
  count: z.string(),
  received: z.string(),
  cost: z.string().nullish(),
  deleted_at: z.string().nullish(),
})

export type Bridge = Awaited<ReturnType<typeof openBridge>>

/**
 * A shop whose mirror holds the simulator's outlets, supplier and products, with a document to move and a worker that
 * pushes it. The simulator's versions at the beginning tell what is new in it.
 */
export async function openBridge({ writes = true, ...options }: ShopOptions & { writes?: boolean } = {}) {
  const shop = await openShop(options)
  await shop.sync('outlets', 'suppliers', 'products', 'inventory', 'consignments')
  if (writes) await shop.api.api.v1.lightspeed.writing.$post({ json: { on: true } })
  const cast = await castOf(shop.db)
  return {
    ...shop,
    ...cast,
    ...documentsOf(shop, cast),
    ...(await thereOf(shop)),
    hire: () => startWorker(shop.house, { slots: 2, isRisky: () => false }),
    conflicts: () => shop.db.selectFrom('consignment_conflict').selectAll().execute(),
  }
}

/** What people do with documents, and how far they are pushed. */
function documentsOf({ api, db }: Shop, cast: Cast) {
  const { consignments } = api.api.v1
  const make = async (json: Parameters<typeof consignments.$post>[0]['json']) => {
    const answer = await consignments.$post({ json })
    assert.equal(answer.status, 201)
    return (await answer.json()).id
  }
  const linesOf = (many: number, quantity: string) =>
    cast.products.slice(0, many).map((productId) => ({ productId, quantity, unitCost: '4.95' }))
  const linkOf = async (id: string) => {
    const shown = await consignments[':id'].$get({ param: { id } })
    return (await shown.json()).lightspeed
  }
  return {
    linkOf,
    until: (id: string, link: string, longestMs?: number) => until(async () => (await linkOf(id)) === link, longestMs),
    move: async (id: string, ...way: Status[]) => {
      for (const to of way) {
        const moved = await consignments[':id'].transitions.$post({ param: { id }, json: { to } })
        assert.equal(moved.status, 200, `${to}: ${await moved.text()}`)
      }
    },
    /** An order of some products, approved by a stroke of the pen: who may approve is another story. */
    order: async (many = 3, quantity = '10') => {
      const parties = { outletId: cast.here, supplierId: cast.supplier }
      const id = await make({ type: 'PURCHASE_ORDER', ...parties, lines: linesOf(many, quantity) })
      await sql`update consignment set approval = 'approved' where id = ${id}`.execute(db)
      return id
    },
    transfer: (many = 2, quantity = '2') => {
      const parties = { outletId: cast.here, sourceOutletId: cast.there }
      return make({ type: 'OUTLET_TRANSFER', ...parties, lines: linesOf(many, quantity) })
    },
    /** Goods that were counted, as receiving would store them. */
    count: (id: string, received: string) =>
      sql`update consignment_line set received = ${received} where consignment_id = ${id}`.execute(db),
  }
}

/** What is to be seen in the simulator, and how it is made to be otherwise. */
async function thereOf(shop: Shop) {
  const already = new Set((await remotesIn(shop)).map(({ id }) => id))
  return {
    /** The consignments that are in Lightspeed since the story began. */
    remotes: async () => (await remotesIn(shop)).filter(({ id }) => !already.has(id)),
    linesThere: (remoteId: string) => linesIn(shop, remoteId),
    /** Writes to consignments that reached the simulator. */
    writes: () => shop.sim.requests.filter(isWrite),
    /** Lightspeed is decided to be otherwise. */
    judge: (judgments: object) =>
      fetch(`${shop.sim.url}/sim/judgments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(judgments),
      }),
  }
}

type Shop = Awaited<ReturnType<typeof openShop>>

async function remotesIn({ ask }: Shop) {
  const rows: z.infer<typeof header>[] = []
  for (let after = 0; ;) {
    const answer = await ask('GET', `/consignments?after=${after}&page_size=1000`)
    const body: unknown = await answer.json()
    const { data } = headers.parse(body)
    if (data.length === 0) return rows
    rows.push(...data)
    after = z.object({ version: z.object({ max: z.number() }) }).parse(body).version.max
  }
}

async function linesIn({ ask }: Shop, remoteId: string) {
  const answer = await ask('GET', `/consignments/${remoteId}/products?page_size=1000`)
  const { data } = z.object({ data: z.array(line) }).parse(await answer.json())
  return data.map(({ product_id: id, count, received }) => ({ id, count: Number(count), received: Number(received) }))
}

function isWrite({ method, path }: { method: string; path: string }): boolean {
  return method !== 'GET' && path.startsWith('/api/2.0/consignments')
}

type Cast = Awaited<ReturnType<typeof castOf>>

/** Two outlets, a supplier, and products that are no composites and lie in both outlets. */
async function castOf(db: Db) {
  const outlets = await sql<{ id: string }>`
    select id from mirror.outlet where deleted_at is null order by id limit 2`.execute(db)
  const [here = '', there = ''] = outlets.rows.map(({ id }) => id)
  const suppliers = await sql<{ id: string }>`
    select id from mirror.supplier where deleted_at is null order by id limit 1`.execute(db)
  const products = await sql<{ id: string }>`
    select p.id from mirror.product as p where not coalesce(p.is_composite, false) and p.has_inventory and p.deleted_at is null
    order by p.id limit 500`.execute(db)
  return { here, there, supplier: suppliers.rows[0]?.id ?? '', products: products.rows.map(({ id }) => id) }
}
