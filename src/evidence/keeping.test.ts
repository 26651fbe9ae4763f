import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openOffice, refusalOf, type Office } from '#test/office.ts'
import { filesIn, jpeg, open, photosOf, sendPhoto, shownPhoto } from '#test/photos.ts'
import { killUpload } from '#test/killed-upload.ts'
import { pruneNow } from '#test/pruning.ts'

test('an upload that is killed with its files half stored leaves no row, and what it left is swept after a day', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const photo = join(office.dataDir, 'sent.jpg')
  writeFileSync(photo, await jpeg())
  const id = randomUUID()
  for (const files of [1, 3]) {
    await killUpload(office, { order, id, photo, files })
    assert.deepEqual(await photosOf(office, order), [])
    assert.ok(filesIn(office).length > files)
  }
  await pruneNow(office)
  assert.ok(filesIn(office).length > 0, 'what is not a day old may be on its way')
  await makeOlder(office, 2)
  await pruneNow(office)
  assert.deepEqual(filesIn(office), [])
  assert.deepEqual(await office.db.selectFrom('evidence_file').select('sha256').execute(), [])
  assert.equal((await sendPhoto(office, order, await jpeg(), { id })).status, 201)
})

test('a photo is archived after 90 days, kept a year after that, and what was said of it stays', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const sent = await jpeg()
  const photo = shownPhoto(await (await sendPhoto(office, order, sent)).json())
  await pruneNow(office)
  await age(office, 'created_at', 91)
  await pruneNow(office)
  assert.deepEqual(await photosOf(office, order), [])
  const [archived] = await photosOf(office, order, '?all=true')
  assert.ok(archived?.archivedAt)
  assert.equal((await open(office, photo.file ?? '')).status, 200)
  assert.equal((await refusalOf(await remove(office, photo.id))).code, 'evidence_archived')
  await age(office, 'archived_at', 364)
  await pruneNow(office)
  assert.equal((await open(office, photo.file ?? '')).status, 200)
  await age(office, 'archived_at', 366)
  await pruneNow(office)
  assert.equal((await refusalOf(await open(office, photo.file ?? ''))).code, 'evidence_gone')
  assert.equal(filesIn(office).length, 3, 'a backup that is being made may still want the file')
  await makeOlder(office, 2)
  await pruneNow(office)
  assert.deepEqual(filesIn(office), [])
  const [erased] = await photosOf(office, order, '?all=true')
  assert.deepEqual([erased?.sha256, erased?.file], [photo.sha256, null])
})

test('while goods are argued about their photos stay, however old they are', async () => {
  await using office = await openOffice()
  const { id: order, lines } = await office.order()
  await sendPhoto(office, order, await jpeg())
  await sql`insert into discrepancy_case (consignment_id, line_id, kind, quantity, opened_quantity, opened_by)
    values (${order}, ${lines[0]?.id ?? ''}, 'short', -1, -1, 'administrator')`.execute(office.db)
  await age(office, 'created_at', 900)
  await pruneNow(office)
  await age(office, 'archived_at', 900)
  await pruneNow(office)
  const [photo] = await photosOf(office, order, '?all=true')
  assert.deepEqual([photo?.archivedAt === null, photo?.erasedAt], [false, null])
})

test('a removed photo is erased after 30 days, and a file that another document shows stays', async () => {
  await using office = await openOffice()
  const [{ id: order }, { id: another }] = [await office.order(), await office.order()]
  const sent = await jpeg()
  const photo = shownPhoto(await (await sendPhoto(office, order, sent)).json())
  const shared = shownPhoto(await (await sendPhoto(office, another, sent)).json())
  await remove(office, photo.id)
  await age(office, 'removed_at', 31)
  await pruneNow(office)
  await makeOlder(office, 2)
  await pruneNow(office)
  const [erased] = await photosOf(office, order, '?all=true')
  assert.ok(erased?.erasedAt)
  assert.equal((await open(office, shared.file ?? '')).status, 200)
})

/** As if so many days had gone by for the files, on the disk and in the rows that know of them. */
async function makeOlder(office: Office, days: number) {
  await sql`update evidence_file set touched_at = touched_at - make_interval(days => ${days})`.execute(office.db)
  const then = new Date(Date.now() - days * 24 * 3_600_000)
  for (const path of filesIn(office)) utimesSync(join(office.dataDir, path), then, then)
}

async function age(office: Office, column: 'created_at' | 'archived_at' | 'removed_at', days: number) {
  await sql`update evidence set ${sql.ref(column)} = now() - make_interval(days => ${days})
    where ${sql.ref(column)} is not null`.execute(office.db)
}

function remove({ app }: Office, id: string) {
  const headers = { authorization: 'Bearer the-administrator-of-the-tests', 'content-type': 'application/json' }
  return app.request(`/api/v1/evidence/${id}`, { method: 'DELETE', headers, body: '{"reason":"Wrong box"}' })
}
