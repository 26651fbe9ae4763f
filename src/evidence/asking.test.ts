import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openOffice, refusalOf, supplier, type Office } from '#test/office.ts'
import { adminToken } from '#test/shop.ts'
import { arrive, jpeg, png, sendPhoto } from '#test/photos.ts'

test('a delivery without a signature is taken in all the same, and the history says that nobody signed', async () => {
  await using office = await openOffice()
  const order = await receiving(office)
  assert.deepEqual(await warningsOf(office, order), ['signature_missing'])
  await office.walk(order, 'RECEIVED')
  assert.deepEqual(await passedIn(office, order), [{ codes: ['signature_missing'] }])
})

test('whoever signed for the delivery is asked no more; for the next delivery somebody signs again', async () => {
  await using office = await openOffice()
  const order = await receiving(office)
  const first = await arrive(office, order, 1)
  await sendPhoto(office, order, await png(), { kind: 'signature', deliveryId: first, signedBy: 'Mere' })
  assert.deepEqual(await warningsOf(office, order), [])
  await office.walk(order, 'PARTIAL')
  assert.deepEqual(await passedIn(office, order), [])
  await office.walk(order, 'RECEIVING')
  await arrive(office, order, 2)
  assert.deepEqual(await warningsOf(office, order), ['signature_missing'])
})

test('a supplier whose goods come damaged is asked for a photo, the others are not', async () => {
  await using office = await openOffice()
  const put = (body: object) =>
    office.app.request('/api/v1/evidence-rules', {
      method: 'PUT',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const unknown = await refusalOf(await put({ supplierId: 'nobody', asksPhoto: true, asksSignature: false }))
  assert.deepEqual([unknown.status, unknown.code], [422, 'evidence_rule_not_valid'])
  assert.equal((await put({ supplierId: supplier, asksPhoto: true, asksSignature: false })).status, 200)
  const order = await receiving(office)
  assert.deepEqual(await warningsOf(office, order), ['photo_missing'])
  await sendPhoto(office, order, await jpeg())
  assert.deepEqual(await warningsOf(office, order), [])
  const { id: transfer } = await office.transfer()
  await office.walk(transfer, 'OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'RECEIVED')
  assert.deepEqual(await passedIn(office, transfer), [])
})

async function receiving(office: Office): Promise<string> {
  const { id } = await office.order()
  await sql`update consignment set approval = 'approved' where id = ${id}`.execute(office.db)
  await office.walk(id, 'OPEN', 'SENT', 'RECEIVING')
  return id
}

async function warningsOf(office: Office, id: string) {
  const { warnings } = await (await office.consignments[':id'].validation.$get({ param: { id } })).json()
  return warnings.map(({ code }) => code)
}

async function passedIn(office: Office, id: string) {
  const { data } = await office.timeline(id)
  return data.filter(({ action }) => action === 'consignment.warning_passed').map(({ after }) => after)
}
