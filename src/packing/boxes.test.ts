import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { cups, milk, refusalOf, tea } from '#test/office.ts'
import { openPackRoom, type PackRoom } from '#test/packing.ts'

test('two boxes are packed by scan and by key; each line knows what lies in all of them', async () => {
  await using room = await openPackRoom()
  const id = await room.packed(undefined, [
    { productId: tea, quantity: 10 },
    { productId: milk, quantity: 2 },
  ])
  await room.ask('PUT', `${id}/pack-lock`)
  const first = await room.box(id, undefined, { label: 'Glass' })
  const second = await room.box(id)
  const { lines } = await room.put(`${id}/boxes/${first.id}`, [{ code: 'TEA', quantity: 4 }, room.teas('0.1')])
  assert.deepEqual(
    lines.map(({ sku, planned, packed }) => [sku, planned, packed]),
    [['TEA', '10', '4.1']],
  )
  await room.put(`${id}/boxes/${second.id}`, [room.teas('0.2'), { code: 'MILK', quantity: 2 }])
  assert.deepEqual(await room.packedOf(id), { TEA: '4.3', MILK: '2' })
  const { data } = await room.boxes(id)
  assert.deepEqual(
    data.map(({ number, of, label, quantity }) => [number, of, label, quantity]),
    [
      [1, 2, 'Glass', '4.1'],
      [2, 2, null, '2.2'],
    ],
  )
})

test('a phone that sends its items again packs them once, also when it lost the answer in between', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  const box = await room.box(id)
  const items = Array.from({ length: 30 }, () => ({ id: randomUUID(), ...room.teas('0.1') }))
  const place = `${id}/boxes/${box.id}`
  await room.put(place, items.slice(0, 12))
  await Promise.all([room.put(place, items), room.put(place, items), room.put(place, items.slice(20))])
  const again = await room.put(place, [...items, ...items.slice(0, 3)])
  assert.ok(again.results.every(({ state }) => state === 'repeated'))
  assert.deepEqual(await room.packedOf(id), { TEA: '3' })
  assert.equal((await room.ask('DELETE', place)).status, 200)
  const other = await room.box(id)
  await room.put(`${id}/boxes/${other.id}`, items.slice(0, 1))
  assert.deepEqual(await room.packedOf(id), { TEA: '0' }, 'nor does a late repeat pack what was taken out')
})

test('a box asked for twice with the same id is one box', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  const box = { id: randomUUID(), label: 'Glass' }
  const answers = await Promise.all([1, 2, 3].map(() => room.ask('POST', `${id}/boxes`, { body: box })))
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 200, 201],
  )
  const elsewhere = await room.packed()
  const refused = await refusalOf(await room.ask('POST', `${elsewhere}/boxes`, { body: box }))
  assert.deepEqual([refused.status, refused.code], [409, 'box_id_used'])
})

test('twenty devices of one packer at once: everything that they scanned is there', async () => {
  await using room = await openPackRoom()
  const id = await room.packed(undefined, [
    { productId: tea, quantity: 100 },
    { productId: milk, quantity: 100 },
  ])
  const boxes = await Promise.all([1, 2, 3, 4].map(() => room.box(id)))
  await Promise.all(
    Array.from({ length: 20 }, async (_, device) => {
      const box = boxes[device % 4]
      for (const product of [tea, milk])
        await room.put(`${id}/boxes/${box?.id}`, [{ productId: product, quantity: device + 1 }])
    }),
  )
  assert.deepEqual(await room.packedOf(id), { TEA: '210', MILK: '210' })
  assert.deepEqual(
    (await room.boxes(id)).data.map(({ number }) => number),
    [1, 2, 3, 4],
  )
})

test('more than planned, and what nobody planned, is packed and shown as such', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  const box = await room.box(id)
  const { lines } = await room.put(`${id}/boxes/${box.id}`, [room.teas(11), { productId: cups, quantity: 1 }])
  assert.deepEqual(
    lines.map(({ sku, origin, planned, packed }) => [sku, origin, planned, packed]),
    [
      ['TEA', 'planned', '10', '11'],
      ['CUPS', 'unexpected', '0', '1'],
    ],
  )
})

test('a code that nobody knows is told, and the rest is packed; alone it is refused', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  const box = await room.box(id)
  const place = `${id}/boxes/${box.id}`
  const mixed = await room.put(place, [{ code: 'nobody-knows', quantity: 1 }, room.teas()])
  assert.deepEqual(
    mixed.results.map(({ state }) => state),
    ['refused', 'packed'],
  )
  const body = { items: [{ id: randomUUID(), code: 'nobody-knows', quantity: 1 }] }
  const alone = await refusalOf(await room.ask('POST', `${place}/items`, { body }))
  assert.deepEqual([alone.status, alone.code], [404, 'code_unknown'])
  const foreign = { items: [{ id: randomUUID(), productId: 'no-such-product', quantity: 1 }] }
  const unknown = await refusalOf(await room.ask('POST', `${place}/items`, { body: foreign }))
  assert.deepEqual([unknown.status, unknown.code], [422, 'consignment_not_valid'])
  assert.deepEqual(await room.packedOf(id), { TEA: '1' })
})

test('what is no quantity is refused by its name, and nothing of the sending is packed', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  const box = await room.box(id)
  const place = `${id}/boxes/${box.id}`
  for (const quantity of [0, -1, 'NaN', '1e3', '1,5', '', 'many', '1000000', '0.000001', null]) {
    const items = [
      { id: randomUUID(), ...room.teas(1) },
      { id: randomUUID(), productId: tea, quantity },
    ]
    const refused = await refusalOf(await room.ask('POST', `${place}/items`, { body: { items } }))
    assert.equal(refused.status, 422)
    assert.match(refused.detail, /items\.1\.quantity/, String(quantity))
  }
  await room.put(place, [room.teas('999999')])
  const over = { items: [{ id: randomUUID(), ...room.teas(1) }] }
  const refused = await refusalOf(await room.ask('POST', `${place}/items`, { body: over }))
  assert.match(refused.detail, /items\.0\.quantity: 999999 are packed already; a quantity is less than a million/)
  const [line] = (await room.show(id)).lines
  const set = await refusalOf(await room.ask('PUT', `${place}/items/${line?.id}`, { body: { quantity: '-1' } }))
  assert.match(set.detail, /quantity: a quantity is not below zero/)
  assert.deepEqual(await room.packedOf(id), { TEA: '999999' })
})

test('back in draft nothing is in boxes any more, and its lines may go', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  const box = await room.box(id)
  await room.put(`${id}/boxes/${box.id}`, [room.teas(2)])
  await room.walk(id, 'OPEN', 'DRAFT')
  const { lines } = await room.show(id)
  assert.deepEqual([lines[0]?.packed, (await room.boxes(id)).data], ['0', []])
  const gone = await room.ask('DELETE', `${id}/lines/${lines[0]?.id}`)
  assert.equal(gone.status, 200)
})

test('closed without anything in a box, what is planned goes as it is; opened again, nothing is packed', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  await room.walk(id, 'PACKAGED')
  assert.deepEqual(await room.packedOf(id), { TEA: '10' })
  await room.walk(id, 'PACKING')
  assert.deepEqual(await room.packedOf(id), { TEA: '0' })
})

test('goods that are packed here are shipped when they are sent', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  await room.walk(id, 'PACKAGED', 'SENT')
  const { rows } = await sql<{ late: number }>`
    select extract(epoch from now() - shipped_at)::int as late from consignment where id = ${id}`.execute(room.db)
  assert.ok(rows[0] && rows[0].late < 60)
})

test('whatever is added, set and taken away, in any order: packed is what lies in the boxes', async () => {
  await using room = await openPackRoom()
  const id = await room.packed(undefined, [
    { productId: tea, quantity: 10 },
    { productId: milk, quantity: 10 },
  ])
  const lines = (await room.show(id)).lines.map((line) => ({ id: line.id, productId: line.productId }))
  const which = fc.nat({ max: 2 })
  const amount = fc.integer({ min: 1, max: 900 }).map((thousandths) => (thousandths / 1000).toString())
  const acts = fc.sample(
    fc.record({
      act: fc.constantFrom('add', 'add', 'add', 'set', 'remove', 'box'),
      box: which,
      line: fc.nat({ max: 1 }),
      amount,
    }),
    { numRuns: 60, seed: 11 },
  )
  for (let at = 0; at < acts.length; at += 6)
    await Promise.all(acts.slice(at, at + 6).map((one) => doAct(room, id, { lines, ...one })))
  const { rows } = await sql<{ packed: string; boxed: string }>`
    select l.packed, coalesce(sum(i.quantity), 0)::numeric(11, 5) as boxed
    from consignment_line l left join consignment_box_item i on i.line_id = l.id
    where l.consignment_id = ${id} group by l.id`.execute(room.db)
  assert.equal(rows.length, 2)
  for (const { packed, boxed } of rows) assert.equal(packed, boxed)
  assert.ok(rows.some(({ packed }) => Number(packed) > 0))
})

type Act = { lines: { id: string; productId: string }[]; act: string; box: number; line: number; amount: string }

/** Whatever is lawful when it arrives; a box may be gone by then. */
async function doAct(room: PackRoom, id: string, { lines, act, box: which, line, amount }: Act) {
  const { data } = await room.boxes(id)
  const [box, of] = [data[which], lines[line]]
  if (!box || act === 'box') return room.box(id)
  const place = `${id}/boxes/${box.id}`
  const item = { id: randomUUID(), productId: of?.productId, quantity: amount }
  const answer =
    act === 'remove'
      ? await room.ask('DELETE', place)
      : act === 'set'
        ? await room.ask('PUT', `${place}/items/${of?.id}`, { body: { quantity: amount } })
        : await room.ask('POST', `${place}/items`, { body: { items: [item] } })
  assert.ok([200, 404].includes(answer.status), `${act} ${answer.status}`)
  return undefined
}
