import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { refusalOf } from '#test/office.ts'
import { openPackRoom } from '#test/packing.ts'

test('whatever is done to boxes can be tried: it is answered as it would be, and nothing is written or noted', async () => {
  await using room = await openPackRoom()
  const ben = await room.packer('ben')
  const id = await room.packed()
  const box = await room.box(id)
  await room.put(`${id}/boxes/${box.id}`, [room.teas(2)])
  const [line] = (await room.show(id)).lines
  const traces = async () => {
    const { rows } = await sql`
      select (select count(*) from audit) as audit, (select count(*) from box_item_event) as items,
        (select count(*) from consignment_box) as boxes, (select to_jsonb(pack_lock) from pack_lock) as lock,
        (select sum(packed) from consignment_line) as packed, (select array_agg(label) from consignment_box) as labels`.execute(
      room.db,
    )
    return rows
  }
  const before = await traces()
  const there = `${id}/boxes/${box.id}`
  const items = [{ id: randomUUID(), ...room.teas(5) }]
  for (const [method, path, body, told] of [
    ['POST', `${id}/boxes`, { dryRun: true }, /"number":2/],
    ['PATCH', there, { label: 'Glass', dryRun: true }, /Glass/],
    ['POST', `${there}/items`, { items, dryRun: true }, /"packed":"7"/],
    ['PUT', `${there}/items/${line?.id}`, { quantity: '9', dryRun: true }, /"packed":"9"/],
    ['DELETE', `${there}?dryRun=true`, undefined, /"boxes":0/],
    ['DELETE', `${id}/pack-lock?dryRun=true`, undefined, /"lock":null/],
  ] as const) {
    const answer = await room.ask(method, path, { body })
    assert.equal(answer.status, 200, `${method} ${path}`)
    assert.match(await answer.text(), told)
  }
  const asked = await room.ask('POST', `${id}/pack-lock/requests?dryRun=true`, { by: ben })
  assert.match(await asked.text(), /"wantedBy":"token:/)
  const refused = await refusalOf(await room.ask('POST', `${there}/items`, { by: ben, body: { items, dryRun: true } }))
  assert.equal(refused.code, 'pack_lock_held', 'a try is refused as the act would be')
  assert.deepEqual(await traces(), before)
})
