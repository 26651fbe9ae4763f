import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { mirrorOf, truthOf } from '#test/truth.ts'
import { envelope, sendEnvelope } from '#test/webhooks.ts'
import { openToldShop, shuffled } from './told-shop.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const oldNews: Scenario = {
  number: 19,
  fault: 'webhooks of old versions come after the page that was newer, twice, and a page holds a record twice',
  promise: 'the highest version stands, and hearing it again writes no row',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openToldShop()
    const products = shop.sim.store.list('products', { after: 0, limit: length === 'short' ? 5 : 25, deleted: false })
    const letters = products.flatMap((product) =>
      [1, 2, 3, 4].flatMap((round) => {
        const row = shop.sim.store.put('products', { ...product, name: `${String(product['name'])} ${round}` })
        return [row, row].map((data) => ({ id: product.id, data }))
      }),
    )
    const twice = { kind: 'bad_record', variant: 'wrong_type', field: 'version', value: 1 } as const
    shop.sim.trouble({ ...twice, path: '/api/2.0/products', times: 2 })
    const reading = shop.sync('products')
    const lanes = shuffled(letters, chance).map(({ data }) => sendEnvelope(shop, envelope({ data })))
    for (const { status } of await Promise.all(lanes)) assert.equal(status, 202)
    await reading
    await shop.settled()
    await shop.sync('products')
    assert.deepEqual(await truthOfProducts(shop), truthOf(shop.sim).filter(isOfProducts))

    const before = await writesOf(shop)
    for (const { data } of shuffled(letters, chance)) await sendEnvelope(shop, envelope({ data }))
    await shop.settled()
    await shop.syncFull('products')
    assert.equal(await writesOf(shop), before, 'what was known already wrote rows')
    assert.deepEqual(await truthOfProducts(shop), truthOf(shop.sim).filter(isOfProducts))
    const failed = await sql`select from webhook_event where state = 'failed'`.execute(shop.db)
    assert.equal(failed.rows.length, 0)
  },
}

type Shop = Awaited<ReturnType<typeof openToldShop>>

const isOfProducts = (line: string) => line.startsWith('products:')

async function truthOfProducts({ db }: Shop) {
  return (await mirrorOf(db)).filter(isOfProducts)
}

/** A sum over the transactions that wrote the rows last. */
async function writesOf({ db }: Shop): Promise<string> {
  const { rows } = await sql<{
    sum: string
  }>`select concat_ws(' ', (select sum(xmin::text::bigint) from mirror.product),
    (select sum(xmin::text::bigint) from mirror.product_code)) as sum`.execute(db)
  return rows[0]?.sum ?? ''
}
