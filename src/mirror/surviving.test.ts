import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { openShop } from '#test/shop.ts'
import { mirrorOf, truthOf } from '#test/truth.ts'
import { openDatabase } from '../db/database.ts'

test('a whole shop is mirrored, row for row, and looking again finds nothing new', async () => {
  await using shop = await openShop()
  const first = await shop.sync('all')
  assert.deepEqual(failures(first), [])
  assert.deepEqual(await mirrorOf(shop.db), truthOf(shop.sim))
  const again = await shop.sync('all')
  assert.deepEqual(failures(again), [])
  assert.equal(
    again.entities.reduce((sum, { inserted, updated }) => sum + inserted + updated, 0),
    0,
  )
})

test('a page asked for too soon comes later, whenever Lightspeed said', async () => {
  await using shop = await openShop()
  shop.sim.trouble({ kind: 'too_many', retryAfter: 'future', seconds: 1, path: '/api/2.0/products', times: 1 })
  shop.sim.trouble({ kind: 'too_many', retryAfter: 'past', path: '/api/2.0/customers', times: 1 })
  assert.deepEqual(failures(await shop.sync('products', 'customers')), [])
  assert.deepEqual((await mirrorOf(shop.db)).slice(11, 12), truthOf(shop.sim).slice(11, 12))
})

test('a fault of Lightspeed’s own, told in JSON or in HTML, costs a second try and nothing else', async () => {
  await using shop = await openShop()
  shop.sim.trouble({ kind: 'server_error', status: 500, times: 1, path: '/api/2.0/products' })
  shop.sim.trouble({ kind: 'server_error', status: 502, body: 'html', times: 2, path: '/api/2.0/inventory' })
  shop.sim.trouble({ kind: 'truncated', times: 1, path: '/api/2.0/customers' })
  assert.deepEqual(failures(await shop.sync('products', 'inventory', 'customers')), [])
})

test('a list that never leads further is left with a reason, and the other entities go on', async () => {
  await using shop = await openShop({ scale: 'tiny:customers=2500' })
  shop.sim.trouble({ kind: 'same_page', path: '/api/2.0/customers' })
  const run = await shop.sync('customers', 'brands')
  assert.deepEqual(failures(run), ['customers: cursor_stuck'])
  assert.equal(run.state, 'failed')
  shop.sim.clearTrouble()
  assert.deepEqual(failures(await shop.sync('customers')), [])
})

test('a product that is deleted is kept as deleted, and comes back when it is undeleted', async () => {
  await using shop = await openShop()
  await shop.sync('products')
  const [product] = shop.sim.store.list('products', { after: 0, limit: 1, deleted: false })
  assert.ok(product)
  const deletedAt = async () => {
    const row = await shop.db
      .selectFrom('mirror.product')
      .select('deleted_at')
      .where('id', '=', product.id)
      .executeTakeFirstOrThrow()
    return row.deleted_at
  }
  shop.sim.store.put('products', { ...product, deleted_at: '2026-11-20T10:00:00+00:00' })
  await shop.sync('products')
  assert.deepEqual(await deletedAt(), new Date('2026-11-20T10:00:00Z'))
  shop.sim.store.put('products', { ...product, deleted_at: null })
  await shop.sync('products')
  assert.equal(await deletedAt(), null)
})

test('numbers sent as text and text sent as numbers are read as what they are', async () => {
  await using shop = await openShop()
  await shop.sync('products', 'inventory', 'sales')
  const read = () =>
    Promise.all([
      shop.db
        .selectFrom('mirror.product')
        .select(['id', 'name', 'sku', 'supply_price', 'version', 'active'])
        .orderBy('id')
        .execute(),
      shop.db.selectFrom('mirror.inventory').select(['id', 'inventory_level', 'version']).orderBy('id').execute(),
      shop.db
        .selectFrom('mirror.sale_line_item')
        .select(['sale_id', 'position', 'quantity', 'price', 'cost'])
        .orderBy('sale_id')
        .orderBy('position')
        .execute(),
    ])
  const usual = await read()
  for (const kind of ['numbers_as_strings', 'strings_as_numbers'] as const) {
    await shop.pool.query(
      'truncate mirror.product, mirror.inventory, mirror.sale, mirror.sale_line_item, mirror.sale_payment, mirror.product_code',
    )
    const fault = shop.sim.trouble({ kind })
    assert.deepEqual(failures(await shop.syncFull('products', 'inventory', 'sales')), [])
    fault.clear()
    assert.deepEqual(await read(), usual)
  }
})

test('a field that nobody knows is kept in raw and told once; a status that nobody knows is stored', async () => {
  await using shop = await openShop()
  shop.sim.trouble({ kind: 'unknown_field', path: '/api/2.0/brands', field: 'mascot' })
  shop.sim.trouble({ kind: 'unknown_status', path: '/api/2.0/sales', value: 'TELEPORTED' })
  assert.deepEqual(failures(await shop.sync('brands', 'sales')), [])
  const drift = await (await shop.api.api.v1.sync.drift.$get()).json()
  assert.deepEqual(
    drift.data.map(({ entity, field, kind }) => `${entity} ${field} ${kind}`),
    ['brands mascot unknown'],
  )
  const brand = await shop.db.selectFrom('mirror.brand').select('raw').executeTakeFirstOrThrow()
  assert.deepEqual(
    brand.raw !== null && typeof brand.raw === 'object' && 'mascot' in brand.raw && brand.raw['mascot'],
    {
      new: [1, 'two'],
    },
  )
  const statuses = await shop.db.selectFrom('mirror.sale').select('status').distinct().execute()
  assert.deepEqual(statuses, [{ status: 'TELEPORTED' }])
})

test('a record without id, one of the wrong type and one that is none are put aside; their page is stored', async () => {
  await using shop = await openShop()
  shop.sim.trouble({ kind: 'bad_record', path: '/api/2.0/products', times: 1 })
  shop.sim.trouble({ kind: 'bad_record', path: '/api/2.0/brands', times: 1, variant: 'not_object' })
  shop.sim.trouble({
    kind: 'bad_record',
    path: '/api/2.0/inventory',
    times: 1,
    variant: 'wrong_type',
    field: 'inventory_level',
    value: 'many',
    replace: true,
  })
  const run = await shop.sync('products', 'brands', 'inventory')
  assert.deepEqual(failures(run), [])
  assert.deepEqual(
    run.entities.map(({ entity, rejected }) => `${entity} ${rejected}`),
    ['brands 1', 'products 1', 'inventory 1'],
  )
  const reasons = await shop.db.selectFrom('mirror.rejected').select(['entity', 'reason']).orderBy('entity').execute()
  assert.deepEqual(reasons, [
    { entity: 'brands', reason: 'is not an object' },
    { entity: 'inventory', reason: 'inventory_level is not a quantity' },
    { entity: 'products', reason: 'id is missing or empty' },
  ])
  await shop.syncFull('inventory')
  const { entities } = await (await shop.api.api.v1.sync.$get()).json()
  assert.equal(entities.find(({ entity }) => entity === 'inventory')?.rejected, 0)
  assert.deepEqual((await mirrorOf(shop.db)).slice(11, 13), truthOf(shop.sim).slice(11, 13))
})

test('a value that only PostgreSQL refuses is found among a whole page and put aside', async () => {
  await using shop = await openShop()
  const [row] = shop.sim.store.list('inventory', { after: 0, limit: 1, deleted: false })
  assert.ok(row)
  shop.sim.store.put('inventory', { ...row, inventory_level: `1${'0'.repeat(140_000)}` })
  const run = await shop.sync('inventory')
  assert.deepEqual(failures(run), [])
  assert.equal(run.entities[0]?.rejected, 1)
  assert.equal(run.entities[0]?.inserted, 179)
})

test('an attribute that is gone from a list without a cursor is marked as deleted, and returns', async () => {
  await using shop = await openShop()
  await shop.sync('variant-attributes')
  const count = async () =>
    (await shop.db.selectFrom('mirror.variant_attribute').select('id').where('deleted_at', 'is', null).execute()).length
  const before = await count()
  const [attribute] = shop.sim.store.list('variant_attributes', { after: 0, limit: 1, deleted: false })
  assert.ok(attribute)
  shop.sim.store.put('variant_attributes', { ...attribute, deleted_at: '2026-11-20T10:00:00+00:00' })
  await shop.sync('variant-attributes')
  assert.equal(await count(), before - 1)
  shop.sim.store.put('variant_attributes', { ...attribute, deleted_at: null })
  await shop.sync('variant-attributes')
  assert.equal(await count(), before)
})

test('every connection to the database is cut, again and again: the sync goes on and ends whole', async () => {
  await using shop = await openShop({ scale: 'tiny:customers=3000,sales=2000' })
  shop.sim.trouble({ kind: 'slow', ms: 10 })
  const run = shop.sync('customers', 'sales', 'inventory')
  await using knife = openDatabase(shop.databaseUrl, { poolSize: 1 })
  for (let cut = 0; cut < 5; cut += 1) {
    await sleep(60)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(knife.db)
  }
  assert.deepEqual(failures(await run), [])
  assert.deepEqual((await mirrorOf(shop.db)).slice(12, 14), truthOf(shop.sim).slice(12, 14))
})

type Run = Awaited<ReturnType<Awaited<ReturnType<typeof openShop>>['sync']>>

function failures({ entities }: Run): string[] {
  return entities.filter(({ state }) => state !== 'done').map(({ entity, errorCode }) => `${entity}: ${errorCode}`)
}
