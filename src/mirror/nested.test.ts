import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openShop } from '#test/shop.ts'

test('the lines of a transfer follow it: added, changed, taken away', async () => {
  await using shop = await openShop()
  await shop.sync('consignments')
  const { consignment, line } = await anOpenConsignment(shop)
  const mirrored = () =>
    shop.db
      .selectFrom('mirror.consignment_product')
      .select(['count', 'deleted_at'])
      .where('consignment_id', '=', consignment)
      .where('product_id', '=', line.product_id)
      .executeTakeFirstOrThrow()
  await shop.ask('PUT', `/consignments/${consignment}/products/${line.product_id}`, { count: 7.125 })
  await readAgain(shop)
  assert.equal(Number((await mirrored()).count), 7.125)
  await shop.ask('DELETE', `/consignments/${consignment}/products/${line.product_id}`)
  await readAgain(shop)
  assert.ok((await mirrored()).deleted_at)
})

test('lines that are processed after their transfer was received are read again until they have settled', async () => {
  await using shop = await openShop()
  await shop.sync('consignments')
  const { consignment } = await anOpenConsignment(shop)
  await shop.db
    .updateTable('mirror.consignment')
    .set({ status: 'RECEIVED', updated_at: new Date() })
    .where('id', '=', consignment)
    .execute()
  await sql`update sync_nested set read_at = now() - interval '1 hour'`.execute(shop.db)
  const asked = shop.sim.requests.length
  await shop.sync('consignment-products')
  const again = shop.sim.requests.slice(asked).filter(({ path }) => path.includes(consignment))
  assert.ok(again.length > 0)
})

test('a consignment that is gone since its list was read holds up no other', async () => {
  await using shop = await openShop()
  await shop.sync('consignments')
  const { consignment } = await anOpenConsignment(shop)
  await shop.ask('DELETE', `/consignments/${consignment}`)
  await sql`update sync_nested set owner_version = 0`.execute(shop.db)
  const run = await shop.sync('consignment-products')
  assert.equal(run.state, 'done')
})

type Shop = Awaited<ReturnType<typeof openShop>>

async function anOpenConsignment({ db }: Shop) {
  const line = await db
    .selectFrom('mirror.consignment_product as line')
    .innerJoin('mirror.consignment as c', 'c.id', 'line.consignment_id')
    .select(['line.product_id', 'c.id'])
    .where('c.status', '=', 'OPEN')
    .where('c.type', '=', 'SUPPLIER')
    .where('line.deleted_at', 'is', null)
    .orderBy('c.id')
    .executeTakeFirstOrThrow()
  return { consignment: line.id, line }
}

/** As if the time had passed after which unfinished lists are read again. */
async function readAgain(shop: Shop) {
  await sql`update sync_nested set read_at = now() - interval '1 hour'`.execute(shop.db)
  await shop.sync('consignments')
}
