import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '#src/config.ts'
import { openHouse } from '#src/main.ts'
import { openEmptyPlace, restore, takeBackup, verify } from '#test/backups.ts'
import { openBuckets } from '#test/buckets.ts'
import { openOffice } from '#test/office.ts'
import { adminToken } from '#test/shop.ts'
import { filesIn, jpeg, open, png, sendPhoto, shownPhoto } from '#test/photos.ts'

test('photos come back from a backup with their rows, found by the hash of what they are', async () => {
  await using office = await openOffice()
  await using place = await openEmptyPlace()
  const { id: order } = await office.order()
  const photo = shownPhoto(await (await sendPhoto(office, order, await jpeg())).json())
  const signature = shownPhoto(await (await sendPhoto(office, order, await png(), { kind: 'signature' })).json())
  const before = await bodyOf(open(office, photo.file ?? ''))
  const backup = await takeBackup(office.settings, join(place.folder, 'kept'))
  assert.equal((await verify(backup)).exitCode, 0)

  const settings = { ...office.settings, ...place.settings }
  const restored = await restore(backup, settings)
  assert.equal(restored.exitCode, 0, restored.stderr)
  assert.deepEqual(filesIn({ ...office, dataDir: place.folder }), filesIn(office))
  rmSync(join(office.dataDir, 'files'), { recursive: true })
  await using opened = await openHouse(readConfig(settings), () => {}, { syncs: false })
  const ask = async (path: string) => opened.app.request(path, { headers: { authorization: `Bearer ${adminToken}` } })
  assert.ok((await bodyOf(ask(photo.file ?? ''))).equals(before))
  for (const path of [photo.thumbnail, signature.file, signature.thumbnail])
    assert.equal((await ask(path ?? '')).status, 200, path ?? '')
})

test('a photo that was damaged in the backup is named, and nothing of such a backup is restored', async () => {
  await using office = await openOffice()
  await using place = await openEmptyPlace()
  const { id: order } = await office.order()
  const { sha256 } = shownPhoto(await (await sendPhoto(office, order, await jpeg())).json())
  const backup = await takeBackup(office.settings, join(place.folder, 'kept'))
  const file = `data/files/${sha256.slice(0, 2)}/${sha256}`
  writeFileSync(join(backup, file), 'another picture')
  for (const told of [await verify(backup), await restore(backup, place.settings)]) {
    assert.notEqual(told.exitCode, 0)
    assert.match(told.stdout + told.stderr, new RegExp(file))
  }
})

test('where photos lie in a bucket the backup says so, and names it', async () => {
  await using buckets = await openBuckets()
  await using office = await openOffice({ env: buckets.settings })
  await using place = await openEmptyPlace()
  const { id: order } = await office.order()
  const photo = shownPhoto(await (await sendPhoto(office, order, await jpeg())).json())
  const bucket = `${buckets.settings.FILES_S3_ENDPOINT}/photos`
  const backup = await takeBackup(office.settings, join(place.folder, 'kept'))
  const settings = { ...office.settings, ...place.settings }
  const restored = await restore(backup, settings)
  assert.equal(restored.exitCode, 0, restored.stderr)
  assert.match(restored.stdout, new RegExp(`Photos and signatures lie in ${bucket}, not in the backup`))
  assert.doesNotMatch(restored.stdout, new RegExp(buckets.settings.FILES_S3_SECRET))
  await using opened = await openHouse(readConfig(settings), () => {}, { syncs: false })
  const headers = { authorization: `Bearer ${adminToken}` }
  assert.equal((await opened.app.request(photo.file ?? '', { headers })).status, 200)
})

async function bodyOf(asked: Promise<Response>): Promise<Buffer> {
  const answer = await asked
  assert.equal(answer.status, 200)
  return Buffer.from(await answer.arrayBuffer())
}
