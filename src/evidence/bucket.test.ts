import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { bucketKeys, openBuckets } from '#test/buckets.ts'
import { killUpload } from '#test/killed-upload.ts'
import { openOffice, refusalOf } from '#test/office.ts'
import { filesIn, jpeg, open, photosOf, sendPhoto, shownPhoto } from '#test/photos.ts'
import { pruneNow } from '#test/pruning.ts'

test('photos lie in a bucket: put, read back, shared and let go, each request signed and each signature right', async () => {
  await using buckets = await openBuckets({ bucket: 'photos/of-the-shop' })
  await using office = await openOffice({ env: buckets.settings })
  const { id: order } = await office.order()
  const sent = await jpeg()
  const photo = shownPhoto(await (await sendPhoto(office, order, sent)).json())
  const again = shownPhoto(await (await sendPhoto(office, order, sent)).json())
  assert.deepEqual([...buckets.objects.keys()].map(withoutHash).toSorted(), ['', '.1600.webp', '.320.webp'])
  const opened = await open(office, photo.file ?? '')
  const stored = Buffer.from(await opened.arrayBuffer())
  assert.equal(createHash('sha256').update(stored).digest('hex'), photo.sha256)
  assert.equal(opened.headers.get('content-length'), String(stored.length))
  assert.equal((await open(office, again.thumbnail ?? '')).headers.get('content-type'), 'image/webp')
  assert.deepEqual(filesIn(office), [], 'nothing stays in the data folder')

  await sql`update evidence set removed_at = now() - interval '31 days', removed_by = 'x', removed_reason = 'x'`.execute(
    office.db,
  )
  await pruneNow(office)
  await sql`update evidence_file set touched_at = touched_at - interval '2 days'`.execute(office.db)
  await pruneNow(office)
  assert.equal(buckets.objects.size, 0)
  assert.deepEqual(buckets.refused, [])
  assert.deepEqual(new Set(buckets.asked.map((one) => one.split(' ')[0])), new Set(['PUT', 'GET', 'DELETE']))
})

test('a bucket that fails, cuts off or does not answer leaves no row, and the photo goes through when it is well', async () => {
  await using buckets = await openBuckets()
  await using office = await openOffice({ env: buckets.settings })
  const { id: order } = await office.order()
  const [id, sent] = [randomUUID(), await jpeg()]
  const failures: Parameters<typeof buckets.setTrouble>[0][] = [
    ({ method }, answer) => method === 'PUT' && Boolean(answer.writeHead(503).end()),
    ({ method }, answer) => method === 'PUT' && Boolean(answer.destroy()),
    ({ method, url }, answer) => method === 'PUT' && !url?.endsWith('.webp') && Boolean(answer.writeHead(500).end()),
    ({ method }, answer) => method === 'PUT' && Boolean(answer.writeHead(403).end()),
  ]
  for (const failure of failures) {
    buckets.setTrouble(failure)
    const { status, code } = await refusalOf(await sendPhoto(office, order, sent, { id }))
    assert.deepEqual([status, code], [502, 'storage_away'])
    assert.deepEqual([await photosOf(office, order, '?all=true'), filesIn(office)], [[], []])
    assert.equal(buckets.objects.size, 0, 'nothing half is left in the bucket')
  }
  buckets.setTrouble(() => false)
  const { file } = shownPhoto(await (await sendPhoto(office, order, sent, { id })).json())
  buckets.setTrouble(({ method }, answer) => method === 'GET' && Boolean(answer.writeHead(500).end()))
  assert.equal((await refusalOf(await open(office, file ?? ''))).code, 'storage_away')
  buckets.setTrouble(() => false)
  buckets.objects.clear()
  assert.equal((await refusalOf(await open(office, file ?? ''))).code, 'evidence_gone')
})

test('a secret that is wrong is told as a storage that does not take the file', async () => {
  await using buckets = await openBuckets()
  await using office = await openOffice({ env: { ...buckets.settings, FILES_S3_SECRET: `${bucketKeys.secret}!` } })
  const { id: order } = await office.order()
  const { code, detail } = await refusalOf(await sendPhoto(office, order, await jpeg()))
  assert.equal(code, 'storage_away')
  assert.match(detail, /it answered 403/)
  assert.ok(!detail.includes(bucketKeys.secret))
  assert.deepEqual([buckets.refused[0], buckets.objects.size], ['SignatureDoesNotMatch', 0])
  assert.deepEqual(await photosOf(office, order, '?all=true'), [])
})

test('what a killed upload left in the bucket is swept after a day', async () => {
  await using buckets = await openBuckets()
  await using office = await openOffice({ env: buckets.settings })
  const { id: order } = await office.order()
  const photo = join(office.dataDir, 'sent.jpg')
  writeFileSync(photo, await jpeg())
  await killUpload(office, { order, id: randomUUID(), photo, files: 2 })
  assert.deepEqual([await photosOf(office, order, '?all=true'), buckets.objects.size], [[], 2])
  await pruneNow(office)
  assert.equal(buckets.objects.size, 2, 'what is not a day old may be on its way')
  await sql`update evidence_file set touched_at = touched_at - interval '2 days'`.execute(office.db)
  await pruneNow(office)
  assert.equal(buckets.objects.size, 0)
})

function withoutHash(key: string): string {
  return key.replace(/^[\da-f]{2}\/[\da-f]{64}/, '')
}
