import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { refusalOf } from '#test/office.ts'
import { openPackRoom } from '#test/packing.ts'

const kept = z.object({ draft: z.object({ sequence: z.number(), state: z.unknown(), savedAt: z.string() }).nullable() })

test('what a packer typed is there again after the page was closed; others do not see it', async () => {
  await using room = await openPackRoom()
  const [ann, ben] = [await room.packer('ann'), await room.packer('ben')]
  const id = await room.packed(ann)
  const save = (sequence: number, typed: string, by = ann) =>
    room.ask('PUT', `${id}/packing-draft`, { by, body: { sequence, state: { typed } } })
  const read = (by = ann) => room.told(kept, room.ask('GET', `${id}/packing-draft`, { by }))
  assert.equal((await read()).draft, null)
  assert.equal((await save(1, '3')).status, 200)
  assert.equal((await save(2, '33')).status, 200)
  assert.deepEqual([(await read()).draft?.sequence, (await read()).draft?.state], [2, { typed: '33' }])
  assert.equal((await read(ben)).draft, null)

  const late = await refusalOf(await save(1, 'sent again by a phone that was without signal'))
  assert.deepEqual([late.status, late.code, Object(late.details).sequence], [409, 'draft_older', 2])
  assert.equal((await save(2, '33')).status, 200, 'the same again is no mistake')
  const history = (await room.timeline(id)).data.map(({ action }) => action)
  assert.ok(!history.some((action) => action.includes('draft')), 'it changes nothing for anybody else')
})

test('a draft is gone once the goods are sent, and is no place for a film', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  const save = (state: object) => room.ask('PUT', `${id}/packing-draft`, { body: { sequence: 1, state } })
  const refused = await refusalOf(await save({ film: 'x'.repeat(256 * 1024) }))
  assert.deepEqual([refused.status, refused.code], [422, 'draft_too_large'])
  await save({ typed: '3' })
  await room.walk(id, 'PACKAGED', 'SENT')
  assert.equal((await room.told(kept, room.ask('GET', `${id}/packing-draft`))).draft, null)
  assert.equal((await refusalOf(await save({ typed: '4' }))).code, 'edit_not_lawful')
})
