import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { z } from 'zod'
import { mirrorOf, truthOf } from '#test/truth.ts'
import { openHookedShop } from '#test/webhooks.ts'
import { until } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

const lists = ['products', 'inventory', 'customers', 'sales'] as const

export const webhooksLost: Scenario = {
  number: 21,
  fault: 'a tenth of the webhooks is lost, a tenth comes twice, others late and out of order',
  promise: 'one look later the mirror is Lightspeed’s equal, and says how many records it had to bring in',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    const sales = length === 'short' ? 15 : 80
    await using shop = await openHookedShop()
    await shop.sync('outlets', 'registers', ...lists)
    for (let at = 0; at < sales; at += 3) {
      const after = Math.floor(chance() * sales * 3)
      for (const kind of ['webhook_lost', 'webhook_twice'] as const) shop.sim.trouble({ kind, times: 1, after })
      shop.sim.trouble({ kind: 'webhook_late', times: 1, ms: chance() * 500, after })
      shop.sim.trouble({ kind: 'webhook_out_of_order', times: 1, ms: chance() * 300, after })
    }
    await fetch(`${shop.sim.url}/sim/trade`, { method: 'POST', body: JSON.stringify({ sales }) })
    await until(async () => (await deliveriesOf(shop.sim.url)).every((state) => state !== 'waiting'), 60_000)
    await shop.settled()
    await until(() => isQuiet(shop), 60_000)
    assert.ok((await deliveriesOf(shop.sim.url)).includes('lost'))

    const missing = await differing(shop)
    const { entities } = await shop.sync(...lists)
    const brought = entities.reduce((sum, { inserted, updated }) => sum + inserted + updated, 0)
    assert.ok(brought >= missing, `${brought} records brought in, ${missing} were missing`)
    assert.equal(await differing(shop), 0)
    const about = (line: string) => lists.some((list) => line.startsWith(`${list}:`))
    assert.deepEqual((await mirrorOf(shop.db)).filter(about), truthOf(shop.sim).filter(about))
    const again = await shop.sync(...lists)
    assert.equal(
      again.entities.reduce((sum, { inserted, updated }) => sum + inserted + updated, 0),
      0,
    )
  },
}

type Shop = Awaited<ReturnType<typeof openHookedShop>>

const deliveries = z.object({ data: z.array(z.object({ state: z.string() })) })

async function deliveriesOf(simUrl: string): Promise<string[]> {
  const said = deliveries.parse(await (await fetch(`${simUrl}/sim/deliveries`)).json())
  return said.data.map(({ state }) => state)
}

/** The looks that webhooks asked for are over. */
async function isQuiet({ db }: Shop): Promise<boolean> {
  const { rows } = await sql<{ open: number }>`
    select (select count(*) from pgboss.job where name = 'mirror.sync' and state < 'completed')
      + (select count(*) from sync_run where finished_at is null) as open`.execute(db)
  return rows[0]?.open === 0
}

/** How many records the mirror has not, or not at Lightspeed's version. */
async function differing({ db, sim }: Shop): Promise<number> {
  const tables = { products: 'product', inventory: 'inventory', customers: 'customer', sales: 'sale' } as const
  let count = 0
  for (const list of lists) {
    const { rows } = await sql<{
      id: string
      version: number
    }>`select id, version from mirror.${sql.table(tables[list])}`.execute(db)
    const held = new Map(rows.map(({ id, version }) => [id, version]))
    const there = sim.store.list(list, { after: 0, limit: 1_000_000, deleted: true })
    count += there.filter(({ id, version }) => held.get(id) !== version).length
  }
  return count
}
