import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import sharp from 'sharp'
import { openOffice, refusalOf } from '#test/office.ts'
import { arrive, filesIn, heic, jpeg, open, photosOf, png, secrets, sendPhoto, shownPhoto, webp } from '#test/photos.ts'

test('a photo of each kind is kept, shown as a picture and nothing else, and tells nobody where it was made', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const kinds = [
    ['image/jpeg', await jpeg(), [160, 240]],
    ['image/png', await png(), [160, 240]],
    ['image/webp', await webp(), [160, 240]],
    ['image/heic', heic(), [160, 120]],
  ] as const
  for (const [mediaType, sent, upright] of kinds) {
    assert.ok(
      secrets.some((secret) => sent.includes(secret)),
      mediaType,
    )
    const answer = await sendPhoto(office, order, sent, { name: 'photo.gif' })
    assert.equal(answer.status, 201, mediaType)
    const { file, thumbnail, sha256, bytes, ...photo } = shownPhoto(await answer.json())
    assert.equal(photo.mediaType, mediaType)
    const opened = await open(office, file ?? '')
    const stored = Buffer.from(await opened.arrayBuffer())
    assert.deepEqual(
      ['content-type', 'x-content-type-options', 'content-security-policy', 'cache-control', 'content-length'].map(
        (name) => opened.headers.get(name),
      ),
      [mediaType, 'nosniff', "default-src 'none'; sandbox", 'private, max-age=3600', String(bytes)],
    )
    assert.match(opened.headers.get('content-disposition') ?? '', /^inline; filename="evidence-[\da-f-]+\.\w+"$/)
    assert.equal(createHash('sha256').update(stored).digest('hex'), sha256)
    for (const secret of [...secrets, 'GPS']) assert.ok(!stored.includes(secret), `${mediaType} tells ${secret}`)
    const small = await open(office, `${thumbnail}?edge=1600`)
    assert.equal(small.headers.get('content-type'), 'image/webp')
    const { width, height } = await sharp(Buffer.from(await small.arrayBuffer())).metadata()
    assert.deepEqual([width, height], upright, mediaType)
  }
  assert.equal((await photosOf(office, order)).length, 4)
})

test('taking the place out of a photo changes no pixel of it, and it stays the right way up', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  for (const sent of [await jpeg(), await webp(), await png()]) {
    const { file } = shownPhoto(await (await sendPhoto(office, order, sent)).json())
    const stored = Buffer.from(await (await open(office, file ?? '')).arrayBuffer())
    assert.ok((await pixels(sent)).equals(await pixels(stored)))
  }
})

function pixels(picture: Buffer) {
  return sharp(picture).autoOrient().raw().toBuffer()
}

test('what is no photo is refused by its content, and nothing half is left', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const whole = [await jpeg(), await png(), await webp(), heic()]
  const cut = whole.flatMap((picture) => [picture.subarray(0, picture.length - 40), picture.subarray(0, 60)])
  const [, aPng = Buffer.alloc(0)] = whole
  const bomb = Buffer.from(aPng)
  bomb.writeUInt32BE(30_000, 16)
  bomb.writeUInt32BE(30_000, 20)
  const refused = [
    Buffer.from('#!/bin/sh\nrm -rf /\n'),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    Buffer.from('<!doctype html><script>alert(1)</script>'),
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('<script>alert(1)</script>')]),
    Buffer.from('GIF89a'),
    Buffer.alloc(0),
    bomb,
    ...cut,
  ]
  for (const body of refused) {
    const answer = await sendPhoto(office, order, body, {
      name: 'photo.jpg',
      headers: { 'content-type': 'image/jpeg' },
    })
    const { status, code, detail } = await refusalOf(answer)
    assert.deepEqual([status, code], [422, 'evidence_not_valid'], `${body.toString('latin1', 0, 20)} ${body.length}`)
    assert.match(detail, /^body: /)
  }
  assert.deepEqual([await photosOf(office, order, '?all=true'), filesIn(office)], [[], []])
})

test('a photo of 11 MB is refused, whether its size is told or not', async () => {
  await using office = await openOffice({ serve: true })
  const { id: order } = await office.order()
  const large = Buffer.concat([await jpeg(), Buffer.alloc(11 * 1024 * 1024)])
  const url = `${office.url}/api/v1/consignments/${order}/evidence?id=${randomUUID()}`
  const headers = { authorization: 'Bearer the-administrator-of-the-tests', 'content-type': 'image/jpeg' }
  const told = await fetch(url, { method: 'POST', headers, body: large })
  const untold = await fetch(url, { method: 'POST', headers, body: ReadableStream.from(pieces(large)), duplex: 'half' })
  for (const answer of [told, untold]) {
    const { status, code, detail } = await refusalOf(answer)
    assert.deepEqual([status, code, detail], [413, 'body_too_large', 'body: it is larger than 10 MB'])
  }
  assert.deepEqual([await photosOf(office, order, '?all=true'), filesIn(office)], [[], []])
})

function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

test('a phone that sends a photo twice has sent it once, and another photo under its id is refused', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const id = randomUUID()
  const photo = await jpeg()
  const answers = await Promise.all([1, 2, 3].map(() => sendPhoto(office, order, photo, { id })))
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 200, 201],
  )
  const { status, code } = await refusalOf(await sendPhoto(office, order, await jpeg({ colour: '#111' }), { id }))
  assert.deepEqual([status, code], [409, 'evidence_id_used'])
  const { id: another } = await office.order()
  assert.equal((await sendPhoto(office, another, photo, { id })).status, 409)
  assert.equal((await photosOf(office, order)).length, 1)
  const { data } = await office.timeline(order)
  assert.equal(data.filter(({ action }) => action === 'evidence.added').length, 1)
})

test('of 25 photos of one delivery sent at once 20 stay, and the other delivery has room for its own', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const [first, second] = [await arrive(office, order, 1), await arrive(office, order, 2)]
  const photo = await jpeg({ width: 32, height: 32 })
  const answers = await Promise.all(
    Array.from({ length: 25 }, () => sendPhoto(office, order, photo, { deliveryId: first })),
  )
  assert.equal(answers.filter(({ status }) => status === 201).length, 20)
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    const { status, code } = await refusalOf(answer)
    assert.deepEqual([status, code], [409, 'evidence_full'])
  }
  assert.equal((await photosOf(office, order, `?deliveryId=${first}`)).length, 20)
  assert.equal((await sendPhoto(office, order, photo, { deliveryId: second })).status, 201)
  const stored = filesIn(office)
  assert.equal(stored.length, 3, 'one file with its two small pictures, however many show it')
  const another = await sendPhoto(office, order, await jpeg({ colour: '#123' }), { deliveryId: first })
  assert.equal((await refusalOf(another)).code, 'evidence_full')
  assert.deepEqual(filesIn(office), stored, 'of the one too many nothing is kept')
})

test('of 23 different photos sent at once those that are refused leave no file behind', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const photos = await Promise.all(
    Array.from({ length: 23 }, (_, at) => png({ width: 24, height: 24, colour: `rgb(${at * 10}, 9, 9)` })),
  )
  const answers = await Promise.all(photos.map((photo) => sendPhoto(office, order, photo)))
  assert.equal(answers.filter(({ status }) => status === 201).length, 20)
  assert.equal(filesIn(office).length, 60)
  assert.equal((await office.db.selectFrom('evidence_file').select('sha256').execute()).length, 20)
})

test('a photo is removed with a reason, and that it was there stays', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const photo = await jpeg()
  const kept = shownPhoto(await (await sendPhoto(office, order, photo)).json())
  const wrong = shownPhoto(await (await sendPhoto(office, order, photo)).json())
  const remove = (body: object) =>
    office.app.request(`/api/v1/evidence/${wrong.id}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer the-administrator-of-the-tests', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  assert.equal((await refusalOf(await remove({}))).status, 422)
  assert.equal((await remove({ reason: 'Another box', dryRun: true })).status, 200)
  assert.equal((await photosOf(office, order)).length, 2)
  for (const reason of ['Another box', 'Again']) {
    const { removed } = shownPhoto(await (await remove({ reason })).json())
    assert.equal(removed?.reason, 'Another box')
  }
  assert.deepEqual(
    (await photosOf(office, order)).map(({ id }) => id),
    [kept.id],
  )
  assert.equal((await photosOf(office, order, '?all=true')).length, 2)
  assert.equal((await refusalOf(await open(office, wrong.file ?? ''))).code, 'evidence_gone')
  assert.equal((await open(office, kept.file ?? '')).status, 200)
  const { data } = await office.timeline(order)
  assert.deepEqual(
    data.filter(({ action }) => action === 'evidence.removed').map(({ reason }) => reason),
    ['Another box'],
  )
})

test('a photo belongs to a delivery or a line of its own document, and a signature is a PNG with a name', async () => {
  await using office = await openOffice()
  const { id: order, lines } = await office.order()
  const { id: another } = await office.order()
  const elsewhere = await arrive(office, another)
  const photo = await png()
  for (const [field, value] of [
    ['deliveryId', elsewhere],
    ['lineId', randomUUID()],
    ['caseId', randomUUID()],
  ] as const) {
    const { status, detail } = await refusalOf(await sendPhoto(office, order, photo, { [field]: value }))
    assert.equal(status, 422)
    assert.ok(detail.startsWith(`${field}: `), detail)
  }
  assert.equal((await sendPhoto(office, order, photo, { lineId: lines[0]?.id ?? '' })).status, 201)
  const signature = { kind: 'signature', signedBy: 'Mere, of Leaf & Sons' }
  assert.equal((await refusalOf(await sendPhoto(office, order, await jpeg(), signature))).status, 422)
  assert.equal((await sendPhoto(office, order, photo, signature)).status, 201)
})

test('whoever lacks the right adds, sees and removes nothing', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const photo = await jpeg()
  const { id, file } = shownPhoto(await (await sendPhoto(office, order, photo)).json())
  const buyer = await office.hire('buyer', 'consignments:read')
  const stranger = await office.hire('stranger', 'costs:read')
  assert.equal((await sendPhoto(office, order, photo, { headers: buyer })).status, 403)
  assert.equal((await open(office, file ?? '', stranger)).status, 403)
  assert.equal((await open(office, file ?? '', buyer)).status, 200)
  const headers = { ...buyer, 'content-type': 'application/json' }
  const body = JSON.stringify({ reason: 'Hide it' })
  assert.equal((await office.app.request(`/api/v1/evidence/${id}`, { method: 'DELETE', headers, body })).status, 403)
})

test('trying to add a photo looks at it and keeps nothing', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const tried = await sendPhoto(office, order, await jpeg(), { dryRun: 'true' })
  assert.equal(tried.status, 200)
  assert.equal((await refusalOf(await sendPhoto(office, order, 'no photo', { dryRun: 'true' }))).status, 422)
  assert.deepEqual([await photosOf(office, order, '?all=true'), filesIn(office)], [[], []])
})
