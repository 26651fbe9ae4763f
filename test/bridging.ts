import { warningCodes } from '#src/packing/warnings.rules.ts'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/database.ts'
import type { Status } from '#src/consignments/lifecycle.rules.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { enqueue } from '#src/jobs/queue.ts'
import { startWorker, type Worker } from '#src/jobs/worker.ts'
import { booksOf } from './books.ts'
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
  const { hire, dismissAll } = crewOf(shop)
  return {
    ...shop,
    ...cast,
    ...documentsOf(shop, cast),
    ...(await thereOf(shop)),
    ...(await booksOf(shop, cast)),
    hire,
    [Symbol.asyncDispose]: async () => {
      await dismissAll()
      await shop[Symbol.asyncDispose]()
    },
    watch: () => watch(shop),
    conflicts: () => shop.db.selectFrom('consignment_conflict').selectAll().execute(),
  }
}

/** Workers, of whom nobody stays when the story is over. */
function crewOf({ house }: Shop) {
  const workers = new Set<Worker>()
  const hire = async () => {
    const worker = await startWorker(house, { slots: 2, isRisky: () => false })
    workers.add(worker)
    return {
      stop: async () => {
        if (workers.delete(worker)) await worker.stop()
      },
    }
  }
  const dismissAll = () => Promise.all([...workers].map((worker) => worker.stop()))
  return { hire, dismissAll }
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
    until: async (id: string, link: string, longestMs?: number) => {
      const reached = until(async () => (await linkOf(id)) === link, longestMs)
      await reached.catch(async () => assert.fail(`${id} does not become ${link}: ${await plightOf(db, id)}`))
    },
    move: async (id: string, ...way: Status[]) => {
      for (const to of way) {
        const moved = await consignments[':id'].transitions.$post({
          param: { id },
          json: { to, acceptedWarnings: [...warningCodes] },
        })
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
    statusOf: async (id: string) => (await consignmentOf(db, id)).status,
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

/** Looks by itself at what is new in the mirror, as the clock would have it. */
async function watch({ db, house }: Shop) {
  await inTransaction(house.database, ({ db: tx }) => enqueue(tx, 'lightspeed.watch', {}))
  const unsettled = async () => {
    const { rows } = await sql`
      select from pgboss.job where name in ('lightspeed.watch', 'lightspeed.observe') and state <= 'active'`.execute(db)
    return rows.length
  }
  await until(async () => (await unsettled()) === 0)
}

/** Where a document stands, and its jobs: for whoever wonders why a story does not go on. */
async function plightOf(db: Db, id: string): Promise<string> {
  const { link, status, version } = await consignmentOf(db, id)
  const jobs = await sql`
    select name, state, retry_count, start_after - now() as due_in, now() - started_on as for_so_long, output
    from pgboss.job where group_id = ${id} or data::text like ${`%${id}%`}`.execute(db)
  const legs = await db.selectFrom('consignment_leg').selectAll().where('consignment_id', '=', id).execute()
  return JSON.stringify({ link, status, version, jobs: jobs.rows, legs })
}

function consignmentOf(db: Db, id: string) {
  return db.selectFrom('consignment').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
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
