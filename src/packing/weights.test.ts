import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { cups, milk, tea } from '#test/office.ts'
import { openPackRoom } from '#test/packing.ts'

test('a box weighs what is in it: known weights, those of the category, 100 g for the rest, and each guess is named', async () => {
  await using room = await openPackRoom()
  await sql`update mirror.product set product_type_id = 'hot', weight = 0.25, weight_unit = 'kg' where id = ${tea}`.execute(
    room.db,
  )
  await sql`insert into mirror.product (id, product_type_id, weight, weight_unit, version, raw) values
    ('cocoa', 'hot', 12, 'oz', 9, '{}'), ('gone', 'hot', 90, 'kg', 10, '{}'), ('odd', 'hot', 5, 'stone', 11, '{}')`.execute(
    room.db,
  )
  await sql`update mirror.product set deleted_at = now() where id = 'gone'`.execute(room.db)
  await sql`update mirror.product set product_type_id = 'hot', weight = 0 where id = ${milk}`.execute(room.db)
  const id = await room.packed()
  const box = await room.box(id, undefined, { tareGrams: 400 })
  const packed = await room.put(`${id}/boxes/${box.id}`, [
    room.teas(2),
    { productId: milk, quantity: 3 },
    { productId: cups, quantity: '0.5' },
  ])
  assert.deepEqual(
    packed.box.items.map(({ sku, gramsOfOne, weightSource }) => [sku, gramsOfOne, weightSource]),
    [
      ['TEA', '250', 'product'],
      ['MILK', '295.097', 'category'],
      ['CUPS', '100', 'default'],
    ],
  )
  assert.deepEqual([packed.box.computedGrams, packed.box.guessedWeights], [400 + 500 + 885 + 50, 2])
  await room.ask('PATCH', `${id}/boxes/${box.id}`, { body: { weightGrams: 1900 } })
  const [weighed] = (await room.boxes(id)).data
  assert.deepEqual([weighed?.weightGrams, weighed?.weighedGrams, weighed?.computedGrams], [1900, 1900, 1835])
  await room.ask('PATCH', `${id}/boxes/${box.id}`, { body: { weightGrams: null } })
  assert.equal((await room.boxes(id)).data[0]?.weightGrams, 1835)
})
