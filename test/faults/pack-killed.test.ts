import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openFolder } from '#test/folder.ts'
import { milk, tea } from '#test/office.ts'
import { openPackRoom } from '#test/packing.ts'
import { startConsign } from '#test/process.ts'
import { adminToken } from '#test/shop.ts'

test('killed while it packs: what was answered is there, what is sent again is there once, and the boxes are the sum', async () => {
  await using room = await openPackRoom()
  const id = await room.packed(undefined, [
    { productId: tea, quantity: 100 },
    { productId: milk, quantity: 100 },
  ])
  const boxes = [await room.box(id), await room.box(id)]
  const sendings = Array.from({ length: 60 }, (_, at) => ({
    boxId: boxes[at % 2]?.id ?? '',
    items: [tea, milk].map((productId) => ({ id: randomUUID(), productId, quantity: '0.5' })),
  }))
  using folder = openFolder()
  await using consign = startConsign(['server'], { ...room.settings, CONSIGN_DATA_DIR: folder.path })
  const url = await consign.url()
  const answered: string[] = []
  const asked = sendings.map(async ({ boxId, items }, at) => {
    const answer = await pack(url, id, { boxId, items })
    assert.equal(answer.status, 200)
    answered.push(...items.map((item) => item.id))
    if (answered.length > 20) consign.end('SIGKILL').catch(() => at)
  })
  await Promise.allSettled(asked)
  await consign.end('SIGKILL')
  assert.ok(answered.length >= 2)

  const { rows: kept } = await sql<{ id: string }>`select id from box_item_event where consignment_id = ${id}`.execute(
    room.db,
  )
  const known = new Set(kept.map((row) => row.id))
  assert.deepEqual(
    answered.filter((one) => !known.has(one)),
    [],
    'nothing that was answered is lost',
  )
  await addUp()
  for (const { boxId, items } of sendings) await room.put(`${id}/boxes/${boxId}`, items)
  await addUp()
  assert.deepEqual(await room.packedOf(id), { TEA: '30', MILK: '30' })

  /** What lies in the boxes, what the lines say, and what was scanned are the same. */
  async function addUp() {
    const { rows } = await sql<{ packed: string; boxed: string; scanned: string }>`
      select l.packed, (select coalesce(sum(quantity), 0) from consignment_box_item where line_id = l.id)::numeric(11, 5) as boxed,
        (select coalesce(sum(quantity), 0) from box_item_event where line_id = l.id)::numeric(11, 5) as scanned
      from consignment_line l where l.consignment_id = ${id}`.execute(room.db)
    assert.equal(rows.length, 2)
    for (const { packed, boxed, scanned } of rows) assert.deepEqual([packed, boxed], [boxed, scanned])
  }
})

function pack(url: string, id: string, { boxId, items }: { boxId: string; items: object[] }) {
  return fetch(`${url}/api/v1/consignments/${id}/boxes/${boxId}/items`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ items }),
  })
}
