import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openOffice, refusalOf, type Office } from '#test/office.ts'
import { arrive, filesIn, jpeg, photosOf, sendPhoto } from '#test/photos.ts'

test('another phone adds photos of a delivery by a code, without signing in, and can do nothing else with it', async () => {
  await using office = await openOffice()
  const { id: order, number } = await office.order()
  const deliveryId = await arrive(office, order)
  const ticket = await made(office, order, { deliveryId })
  assert.equal(ticket.page, `http://shop.test/photos/${ticket.id}#${ticket.secret}`)
  assert.equal(ticket.upload, `http://shop.test/api/v1/evidence-tickets/${ticket.id}/photos`)
  assert.deepEqual([ticket.state, ticket.sent, ticket.mostPhotos], ['open', 0, 20])
  const minutes = (Date.parse(ticket.expiresAt) - Date.parse(ticket.createdAt)) / 60_000
  assert.ok(minutes > 14.9 && minutes <= 15.1, String(minutes))

  const shown = await phone(office, ticket)
  assert.deepEqual(await shown.json(), { number, delivery: 1, state: 'open', left: 20, expiresAt: ticket.expiresAt })
  const id = randomUUID()
  const answers = [await phone(office, ticket, await jpeg(), id), await phone(office, ticket, await jpeg(), id)]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 200],
  )
  const [photo] = await photosOf(office, order, `?deliveryId=${deliveryId}`)
  assert.deepEqual([photo?.id, photo?.byTicket, photo?.createdBy], [id, ticket.id, `ticket:${ticket.id}`])

  const headers = { authorization: `Bearer ${ticket.secret}` }
  for (const path of [`/api/v1/consignments/${order}`, `/api/v1/evidence/${id}`])
    assert.equal((await refusalOf(await office.app.request(path, { headers }))).code, 'token_not_valid')
  assert.equal((await sendPhoto(office, order, await jpeg(), { headers })).status, 401)
  const mine = await sendPhoto(office, order, await jpeg({ colour: '#000' }), { id: randomUUID() })
  const { id: ofOthers } = Object(await mine.json())
  const taken = await refusalOf(await phone(office, ticket, await jpeg({ colour: '#000' }), ofOthers))
  assert.deepEqual([taken.status, taken.code], [409, 'evidence_id_used'])

  const { rows } = await sql<{ told: string }>`
    select concat(t::text, (select string_agg(a::text, ' ') from audit a)) as told from evidence_ticket t`.execute(
    office.db,
  )
  assert.doesNotMatch(rows[0]?.told ?? '', new RegExp(ticket.secret))
  const actions = (await office.timeline(order)).data.map(({ action }) => action)
  assert.deepEqual(actions.slice(0, 3), ['evidence.added', 'evidence.added', 'evidence_ticket.made'])
})

test('a ticket is for so many photos: of six sent at once by a ticket for two, two are kept', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const ticket = await made(office, order, { mostPhotos: 2 })
  const photo = await jpeg({ width: 32, height: 32 })
  const answers = await Promise.all(Array.from({ length: 6 }, () => phone(office, ticket, photo)))
  assert.equal(answers.filter(({ status }) => status === 201).length, 2)
  for (const answer of answers.filter(({ status }) => status !== 201))
    assert.equal((await refusalOf(answer)).code, 'ticket_full')
  assert.equal((await photosOf(office, order)).length, 2)
  assert.equal(Object(await (await phone(office, ticket)).json()).state, 'full')
})

test('a ticket that is over, taken back, or of somebody else opens nothing, and nothing half is stored', async () => {
  await using office = await openOffice()
  const { id: order } = await office.order()
  const [old, back, other] = [await made(office, order), await made(office, order), await made(office, order)]
  await sql`update evidence_ticket set expires_at = now() where id = ${old.id}`.execute(office.db)
  const slow = slowly(await jpeg())
  const onItsWay = office.app.request(`/api/v1/evidence-tickets/${back.id}/photos`, {
    method: 'POST',
    headers: { authorization: `Bearer ${back.secret}` },
    body: slow.body,
    duplex: 'half',
  })
  await slow.begun
  const withdraw = () => office.api.api.v1['evidence-tickets'][':id'].$delete({ param: { id: back.id }, query: {} })
  const [first, second] = [await (await withdraw()).json(), await (await withdraw()).json()]
  assert.deepEqual([first, first.state, first.withdrawnBy], [second, 'withdrawn', 'administrator'])
  slow.end()
  const refused: [Response | Promise<Response>, string][] = [
    [onItsWay, 'ticket_over'],
    [phone(office, back, await jpeg()), 'ticket_over'],
    [phone(office, old, await jpeg()), 'ticket_over'],
    [phone(office, { id: other.id, secret: old.secret }, await jpeg()), 'ticket_not_valid'],
    [phone(office, { id: randomUUID(), secret: old.secret }, await jpeg()), 'ticket_not_valid'],
    [phone(office, { id: other.id, secret: '' }, await jpeg()), 'ticket_not_valid'],
  ]
  for (const [answer, code] of refused) {
    const told = await refusalOf(await answer)
    assert.deepEqual([told.status, told.code], [401, code])
  }
  assert.deepEqual([await photosOf(office, order, '?all=true'), filesIn(office)], [[], []])
  const actions = (await office.timeline(order)).data.map(({ action }) => action)
  assert.equal(actions.filter((action) => action === 'evidence_ticket.withdrawn').length, 1)
  const { data } = await (await office.consignments[':id']['evidence-tickets'].$get({ param: { id: order } })).json()
  assert.deepEqual(data.map(({ state }) => state).toSorted(), ['expired', 'open', 'withdrawn'])
})

test('a ticket is made by who may add photos, for a delivery of the document, and for a quarter of an hour at most', async () => {
  await using office = await openOffice({ env: { RATE_LIMIT_ADDRESS: '20' } })
  const { id: order } = await office.order()
  const { id: another } = await office.order()
  const buyer = await office.hire('buyer', 'consignments:read')
  const tickets = office.consignments[':id']['evidence-tickets']
  assert.equal((await tickets.$post({ param: { id: order }, json: {} }, { headers: buyer })).status, 403)
  const wrong = [{ minutes: 16 }, { mostPhotos: 21 }, { mostPhotos: 0 }, { deliveryId: await arrive(office, another) }]
  for (const json of wrong) {
    const told = await refusalOf(await tickets.$post({ param: { id: order }, json }))
    assert.equal(told.status, 422)
    assert.match(told.detail, new RegExp(Object.keys(json)[0] ?? ''))
  }
  assert.equal((await tickets.$post({ param: { id: order }, json: { dryRun: true } })).status, 200)
  assert.deepEqual((await (await tickets.$get({ param: { id: order } })).json()).data, [])
  const ticket = await made(office, order)
  assert.equal((await phone(office, ticket, '#!/bin/sh')).status, 422)
  const large = Buffer.concat([await jpeg(), Buffer.alloc(11 * 1024 * 1024)])
  assert.equal((await refusalOf(await phone(office, ticket, large))).code, 'body_too_large')
  assert.deepEqual([await photosOf(office, order, '?all=true'), filesIn(office)], [[], []])
  const guesses = []
  for (let at = 0; at < 21; at += 1) guesses.push((await phone(office, { ...ticket, secret: `guess-${at}` })).status)
  assert.deepEqual([guesses[0], guesses.at(-1)], [401, 429])
  assert.equal((await phone(office, ticket)).status, 200)
})

type Wish = { deliveryId?: string; mostPhotos?: number }

async function made(office: Office, id: string, json: Wish = {}) {
  const answer = await office.consignments[':id']['evidence-tickets'].$post({ param: { id }, json })
  assert.equal(answer.status, 201)
  const ticket = await answer.json()
  return ticket.dryRun ? assert.fail('nothing was made') : ticket
}

/** A phone that nobody signed in: looks, or sends a photo. */
async function phone(
  office: Office,
  { id, secret }: { id: string; secret: string },
  body?: Buffer | string,
  photo: string = randomUUID(),
) {
  const door = `/api/v1/evidence-tickets/${id}/photos`
  const authorization = `Bearer ${secret}`
  if (body === undefined) return office.app.request(door, { headers: { authorization } })
  const headers = { authorization, 'content-type': 'image/jpeg' }
  return office.app.request(`${door}?id=${photo}`, { method: 'POST', headers, body: Buffer.from(body) })
}

/** A file that stops in its midst until it is told to end. */
function slowly(bytes: Buffer) {
  const begun = Promise.withResolvers<void>()
  const rest = Promise.withResolvers<void>()
  async function* pieces() {
    yield bytes.subarray(0, 100)
    begun.resolve()
    await rest.promise
    yield bytes.subarray(100)
  }
  return { body: ReadableStream.from(pieces()), begun: begun.promise, end: rest.resolve }
}
