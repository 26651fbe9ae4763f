import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { z } from 'zod'
import { startWorker } from '#src/jobs/worker.ts'
import { adminToken, openShop } from './shop.ts'
import { typeCommand } from './terminal.ts'
import { until } from './workers.ts'

const adjustment = z.object({ id: z.string(), quantity: z.string(), reason: z.string() })
const goods = z.object({
  name: z.string(),
  sku: z.string(),
  price_including_tax: z.number(),
  supply_price: z.number(),
  supplier_code: z.string().optional(),
  active: z.boolean(),
  product_codes: z.array(z.object({ code: z.string() })),
  deleted_at: z.string().nullish(),
})
const write = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  failure: z.string().nullable(),
  isAsked: z.boolean(),
  remoteId: z.string().nullable(),
  waitsFor: z.string().nullable(),
  result: z.unknown(),
})
const levels = z.object({ data: z.array(z.object({ outlet_id: z.string(), inventory_level: z.number() })) })
const toldItems = z.object({
  items: z.array(z.object({ level: z.string(), by: z.string().nullable(), reason: z.string().nullable() })),
})
const rowErrors = z.object({ rows: z.array(z.object({ row: z.number(), field: z.string(), message: z.string() })) })

/** A shop whose mirror holds the simulator's goods, where people have products, suppliers and stock changed in Lightspeed. */
export async function openCounter() {
  const shop = await openShop()
  await shop.sync('outlets', 'suppliers', 'brands', 'products', 'inventory')
  await shop.api.api.v1.lightspeed.writing.$post({ json: { on: true } })
  const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    shop.app.request(path, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const show = async (id: string) => write.parse(await (await ask('GET', `/api/v1/lightspeed-writes/${id}`)).json())
  const post = (what: string, body: object) => ask('POST', `/api/v1/inventory/${what}`, body)
  const kept = keptOf(shop)
  const hire = () => startWorker(shop.house, { slots: 2, isRisky: () => false })
  return {
    ...shop,
    ...(await castOf(shop)),
    ...thereOf(shop),
    asked: ask,
    take,
    show,
    post,
    hire,
    adjust: async (body: object) => take(await post('adjustments', body)),
    level: async (body: object) => take(await post('levels', body)),
    batch: (rows: readonly unknown[], more: object = {}) => post('batches', { rows, ...more }),
    /** A worker does it, or gives it up. */
    work: async (...ids: string[]) => {
      const worker = await hire()
      try {
        for (const id of ids) await until(async () => (await show(id)).state !== 'waiting')
      } catch (error) {
        throw new Error(`Still: ${JSON.stringify(await Promise.all(ids.map(show)))}`, { cause: error })
      } finally {
        await worker.stop()
      }
    },
    ...kept,
    untilLate: async (id: string) => {
      await kept.letTimePass(id)
      return (await show(id)).state
    },
    consign: (line: string | readonly string[]) => typeCommand(line, { api: shop.api }),
  }
}

async function take(answer: Response): Promise<string> {
  assert.equal(answer.status, 202, await answer.clone().text())
  return z.object({ id: z.string() }).parse(await answer.json()).id
}

type Shop = Awaited<ReturnType<typeof openShop>>

/** What is kept of wishes, and how they wait. */
function keptOf({ db }: Shop) {
  return {
    /** Half a minute later. */
    letTimePass: async (id: string) => {
      await sql`update lightspeed_write set asked_at = asked_at - interval '1 minute' where id = ${id}`.execute(db)
      await sql`update pgboss.job set start_after = now() where name = 'lightspeed.write' and state = 'retry'`.execute(
        db,
      )
    },
    /** Wishes that were put off. */
    putOff: async () => {
      const { rows } = await sql<{ jobs: number }>`
        select count(*)::int as jobs from pgboss.job where name = 'lightspeed.write' and start_after > now()`.execute(
        db,
      )
      return rows[0]?.jobs ?? 0
    },
    toldItems: ({ result }: { result: unknown }) => toldItems.parse(result).items,
    wrongFields: (details: unknown) => rowErrors.parse(details).rows.map(({ row, field }) => [row, field]),
    wishes: () => db.selectFrom('lightspeed_write').select('id').execute(),
    audited: async (id: string) => {
      const rows = await db.selectFrom('audit').select('action').where('entity_id', '=', id).orderBy('id').execute()
      return rows.map(({ action }) => action)
    },
  }
}

/** What is to be seen in the simulator, and what others do there. */
function thereOf({ sim }: Shop) {
  const there = (method: string, path: string, body?: object) =>
    fetch(`${sim.url}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${sim.token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const levelThere = async (product: string, outlet: string) => {
    const { data } = levels.parse(await (await there('GET', `2.0/products/${product}/inventory?page_size=100`)).json())
    return data.find((row) => row.outlet_id === outlet)?.inventory_level ?? 0
  }
  return {
    there,
    levelThere,
    /** Goods go over the counter, or somebody sets the level by hand. */
    sell: async (product: string, outlet: string, many: number) => {
      const left = (await levelThere(product, outlet)) - many
      await there('PUT', `2.1/products/${product}`, {
        details: { inventory: [{ outlet_id: outlet, current_amount: left }] },
      })
    },
    /** What can be changed of a product, as it is there; null where it is gone. */
    productThere: async (id: string) => {
      const answer = await there('GET', `2.0/products/${id}`)
      const row = z.object({ data: goods }).parse(await answer.json()).data
      const { product_codes: codes, deleted_at: goneAt, ...rest } = row
      return goneAt == null ? { ...rest, codes: codes.map(({ code }) => code) } : null
    },
    adjustmentsThere: async () => {
      const answer = await there('GET', '2026-07/stock_adjustments?page_size=1000')
      return z.object({ data: z.array(adjustment) }).parse(await answer.json()).data
    },
    /** Requests of a method that came to a place. */
    sent: (method: string, path: string) =>
      sim.requests.filter((one) => one.method === method && one.path.includes(path)),
    judge: (judgments: object) =>
      fetch(`${sim.url}/sim/judgments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(judgments),
      }),
  }
}

/** An outlet, a supplier, and two products without variants, as the mirror has them. */
async function castOf({ db }: Shop) {
  const { rows } = await sql<{ here: string; supplier: string; cup: string; pot: string; potSku: string }>`
    with plain as (
      select id, sku from mirror.product where deleted_at is null and has_inventory and not coalesce(is_composite, false)
        and not coalesce(has_variants, false) and variant_parent_id is null order by id limit 2
    )
    select (select min(id) from mirror.outlet where deleted_at is null) as here,
      (select min(id) from mirror.supplier where deleted_at is null) as supplier,
      (select min(id) from plain) as cup, (select max(id) from plain) as pot,
      (select sku from plain order by id desc limit 1) as "potSku"`.execute(db)
  const [cast] = rows
  assert.ok(cast)
  return cast
}
