import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { harbour, hub, milk, supplier, tea } from '#test/office.ts'
import { openShelf } from '#test/shelf.ts'

test('people find a product by name, by a part, by a code, and though it is spelled wrong', async () => {
  await using shelf = await openShelf()
  await sql`
    insert into mirror.product (id, sku, name, supplier_id, supplier_code, is_active, version, raw) values
      ('choc-dark', 'CH-70', 'Dark Chocolate 70%', ${supplier}, 'VAL_70', true, 10, '{}'),
      ('choc-milk', 'CH-30', 'Milk Chocolate', ${supplier}, 'VAL_30', true, 11, '{}'),
      ('old-choc', 'CH-00', 'Milk Chocolate Old', null, null, false, 12, '{}'),
      ('maori', 'MB-1', 'Māori Crème Bowl', null, null, true, 13, '{}')`.execute(shelf.db)
  const first = async (q: string) => (await shelf.search(q)).data[0]?.id
  for (const q of [
    'dark chocolate',
    'chocolate dark',
    'dark choclate',
    'dakr chocolate',
    'choclate drak',
    'CH-70',
    'ch-7',
    'val_70',
    '70%',
  ])
    assert.equal(await first(q), 'choc-dark', q)
  assert.equal(await first('maori creme'), 'maori')
  assert.equal(await first('0042100005264'), tea)
  assert.equal(await first('5264'), tea)
  assert.equal(await first('milk'), milk)
  assert.deepEqual((await shelf.search('milk choc')).data.map(({ id }) => id).slice(0, 2), ['choc-milk', 'old-choc'])
  assert.deepEqual((await shelf.search('zzzzqq')).data, [])
  assert.deepEqual(
    (await shelf.search('%')).data.map(({ id }) => id),
    [],
  )

  const there = await shelf.search('tea', { outlet: hub })
  assert.deepEqual(
    there.data.map(({ id, onHand }) => [id, onHand]),
    [[tea, '40']],
  )
  assert.deepEqual((await shelf.search('tea', { outlet: harbour })).data, [])
  assert.deepEqual(
    (await shelf.search('chocolate', { supplier })).data.map(({ id }) => id),
    ['choc-dark', 'choc-milk'],
  )
})

test('a search goes on page by page, without repeating or leaving out', async () => {
  await using shelf = await openShelf()
  await sql`
    insert into mirror.product (id, sku, name, version, raw)
    select 'mug-' || n, 'MUG' || n, 'Mug ' || n, 100 + n, '{}' from generate_series(1, 25) n`.execute(shelf.db)
  const seen: string[] = []
  for (let after: string | null = '0'; after !== null;) {
    const page: Awaited<ReturnType<typeof shelf.search>> = await shelf.search('mug', { limit: '10', after })
    seen.push(...page.data.map(({ id }) => id))
    after = page.next
  }
  assert.equal(seen.length, 25)
  assert.equal(new Set(seen).size, 25)
})

test('without words the products come by name, and a common word hides neither the shortest name nor a supplier’s own', async () => {
  await using shelf = await openShelf()
  assert.deepEqual(
    (await shelf.search('')).data.map(({ name }) => name),
    ['Cups', 'Hamper', 'Milk', 'Tea'],
  )
  await sql`
    insert into mirror.product (id, sku, name, supplier_id, version, raw)
    select 'soap-' || n, 'SOAP' || n, 'Soap ' || n, null, 100 + n, '{}' from generate_series(1, 300) n
    union all values ('soap', 'S-1', 'Soap', null, 1, '{}'::jsonb), ('fine', 'F-1', 'Fine Soap', ${supplier}, 2, '{}')`.execute(
    shelf.db,
  )
  assert.equal((await shelf.search('soap')).data[0]?.id, 'soap')
  assert.deepEqual(
    (await shelf.search('soap', { supplier })).data.map(({ id }) => id),
    ['fine'],
  )
})
