import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf } from '#test/office.ts'
import { openPackRoom } from '#test/packing.ts'

test('one packs at a time: the other is told who does and until when, and nothing of his gets in', async () => {
  await using room = await openPackRoom()
  const [ann, ben] = [await room.packer('ann'), await room.packer('ben')]
  const id = await room.packed(ann)
  const { id: box } = await room.box(id, ann)
  const { holder } = (await room.lockOf(id)).lock ?? {}
  for (const [method, path, body] of [
    ['POST', 'boxes', {}],
    ['POST', `boxes/${box}/items`, { items: [{ id: box, ...room.teas() }] }],
    ['PATCH', `boxes/${box}`, { label: 'Ben’s' }],
    ['DELETE', `boxes/${box}`, undefined],
    ['PUT', 'pack-lock', undefined],
    ['POST', 'pack-lock/beats', undefined],
    ['DELETE', 'pack-lock', undefined],
    ['POST', 'pack-lock/answers', { agree: true }],
  ] as const) {
    const { status, code, details } = await refusalOf(await room.ask(method, `${id}/${path}`, { by: ben, body }))
    assert.deepEqual([status, code, Object(details).holder], [409, 'pack_lock_held', holder], `${method} ${path}`)
    assert.ok(Date.parse(Object(details).expiresAt) > Date.now())
  }
  assert.equal((await room.move(id, 'PACKAGED', {}, ben)).status, 409, 'nor does he close the boxes')
  assert.equal((await room.boxes(id)).data[0]?.quantity, '0')
  await room.put(`${id}/boxes/${box}`, [room.teas(3)], ann)
  assert.deepEqual(await room.packedOf(id), { TEA: '3' })
})

test('of two who begin at once one packs, and the other hears of it', async () => {
  await using room = await openPackRoom()
  const people = await Promise.all(['ann', 'ben'].map((name) => room.packer(name)))
  for (let round = 0; round < 5; round++) {
    const id = await room.packed()
    await room.lock('DELETE', id)
    const answers = await Promise.all(people.map((by) => room.ask('PUT', `${id}/pack-lock`, { by })))
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    )
  }
})

test('a packer who is silent for 90 seconds can be followed without asking, and not a moment before', async () => {
  await using room = await openPackRoom()
  const [ann, ben] = [await room.packer('ann'), await room.packer('ben')]
  const id = await room.packed(ann)
  await room.passTime(id, 60)
  assert.equal((await room.ask('PUT', `${id}/pack-lock`, { by: ben })).status, 409)
  await room.passTime(id, 29)
  assert.equal((await room.lock('POST', id, '/beats', { by: ann })).isMine, true, 'she shows that she is there')
  await room.passTime(id, 80)
  assert.equal((await room.ask('PUT', `${id}/pack-lock`, { by: ben })).status, 409)
  await room.passTime(id, 11)
  assert.equal((await room.lock('PUT', id, '', { by: ben })).isMine, true)
  const refused = await refusalOf(await room.ask('POST', `${id}/pack-lock/beats`, { by: ann }))
  assert.equal(refused.code, 'pack_lock_held')
})

test('silent for 300 seconds nobody packs: even the one who did takes the lock again first', async () => {
  await using room = await openPackRoom()
  const ann = await room.packer('ann')
  const id = await room.packed(ann)
  const { id: box } = await room.box(id, ann)
  await room.passTime(id, 250)
  await room.put(`${id}/boxes/${box}`, [room.teas()], ann)
  await room.passTime(id, 301)
  assert.equal((await room.lockOf(id, ann)).lock, null)
  const refused = await refusalOf(
    await room.ask('POST', `${id}/boxes/${box}/items`, { by: ann, body: { items: [{ id: box, ...room.teas() }] } }),
  )
  assert.deepEqual([refused.status, refused.code], [409, 'pack_lock_needed'])
  await room.lock('PUT', id, '', { by: ann })
  await room.put(`${id}/boxes/${box}`, [room.teas()], ann)
})

test('whoever asks has the lock when the packer agrees, or says nothing for 60 seconds; not when she refuses', async () => {
  await using room = await openPackRoom()
  const [ann, ben, cat] = [await room.packer('ann'), await room.packer('ben'), await room.packer('cat')]
  const id = await room.packed(ann)
  const asked = await room.lock('POST', id, '/requests', { by: ben })
  assert.deepEqual([asked.isMine, asked.lock?.wantedBy !== null], [false, true])
  const behind = await refusalOf(await room.ask('POST', `${id}/pack-lock/requests`, { by: cat }))
  assert.equal(behind.code, 'pack_lock_wanted')
  const refused = await room.lock('POST', id, '/answers', { by: ann, body: { agree: false } })
  assert.deepEqual([refused.isMine, refused.lock?.wantedBy], [true, null])
  await room.lock('POST', id, '/requests', { by: ben })
  await room.lock('POST', id, '/answers', { by: ann, body: { agree: true } })
  assert.equal((await room.lockOf(id, ben)).isMine, true)
  const late = await refusalOf(await room.ask('POST', `${id}/pack-lock/answers`, { by: ben, body: { agree: true } }))
  assert.equal(late.code, 'pack_lock_not_wanted')

  await room.lock('POST', id, '/requests', { by: cat })
  await room.passTime(id, 40)
  await room.lock('POST', id, '/beats', { by: ben })
  assert.equal((await room.lockOf(id, cat)).isMine, false, 'she has not waited long enough')
  await room.passTime(id, 21)
  assert.equal((await room.lockOf(id, cat)).isMine, true, 'a sign of life is no answer')
  assert.equal((await room.ask('POST', `${id}/pack-lock/beats`, { by: ben })).status, 409)
  await room.lock('POST', id, '/beats', { by: cat })
  const changes = (await room.timeline(id)).data.filter(({ action }) => action === 'consignment.pack_lock_changed')
  assert.equal(changes.length, 6, 'each change of hands is noted, and no beat')
})

test('who leaves while somebody waits leaves it to them', async () => {
  await using room = await openPackRoom()
  const [ann, ben] = [await room.packer('ann'), await room.packer('ben')]
  const id = await room.packed(ann)
  await room.lock('POST', id, '/requests', { by: ben })
  await room.lock('DELETE', id, '', { by: ann })
  assert.equal((await room.lockOf(id, ben)).isMine, true)
  await room.lock('DELETE', id, '', { by: ben })
  assert.equal((await room.lock('DELETE', id, '', { by: ben })).lock, null, 'twice is once')
})

test('with the boxes closed nobody packs; who opens one again does', async () => {
  await using room = await openPackRoom()
  const [ann, ben] = [await room.packer('ann'), await room.packer('ben')]
  const id = await room.packed(ann)
  const { id: box } = await room.box(id, ann)
  await room.put(`${id}/boxes/${box}`, [room.teas(10)], ann)
  assert.equal((await room.move(id, 'PACKAGED', {}, ann)).status, 200)
  assert.equal((await room.lockOf(id)).lock, null)
  const refused = await refusalOf(await room.ask('PUT', `${id}/pack-lock`, { by: ben }))
  assert.deepEqual([refused.status, refused.code], [422, 'edit_not_lawful'])
  assert.equal((await room.move(id, 'PACKING', {}, ben)).status, 200)
  assert.equal((await room.lockOf(id, ben)).isMine, true)
})
