import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { milk, openOffice, tea, type Office } from '#test/office.ts'
import { casesOf, count, mustAddUp } from '#test/receiving-yard.ts'

const act = fc.record({
  what: fc.constantFrom('settle', 'settle', 'reopen', 'amend'),
  which: fc.nat({ max: 6 }),
  outcome: fc.constantFrom('credit', 'reship', 'write_off', 'found'),
  quantity: fc.constantFrom('0.5', '1', '2', undefined),
})

type Act = typeof act extends fc.Arbitrary<infer One> ? One : never

test('whatever is found, sent again, written off, opened again and counted anew: the cases come to the variances', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer([
    { productId: tea, quantity: 12 },
    { productId: milk, quantity: 6 },
  ])
  await office.walk(id, 'OPEN', 'PACKING')
  await sql`update consignment_line set packed = quantity - 1 where consignment_id = ${id}`.execute(office.db)
  await office.walk(id, 'PACKAGED', 'SENT', 'RECEIVING')
  await count(office, id, { [tea]: { good: 4, damaged_in_transit: 2 }, [milk]: { good: 7 } })
  await office.walk(id, 'RECEIVED')
  const acts = fc.sample(act, { seed: 23, numRuns: 30 })
  const seen = new Set<string>()
  for (const [at, one] of acts.entries()) {
    if (at === 20) await office.walk(id, 'CLOSED')
    const status = await doAct(office, id, one)
    assert.ok([200, 422].includes(status), `${one.what} ${status}`)
    seen.add(`${one.what} ${status}`)
    await mustAddUp(office.db)
  }
  for (const what of ['settle 200', 'settle 422', 'reopen 200', 'amend 200']) assert.ok(seen.has(what), what)
})

async function doAct(office: Office, id: string, { what, which, outcome, quantity }: Act): Promise<number> {
  if (what === 'amend') {
    const { lines } = await office.show(id)
    const url = `/api/v1/consignments/${id}/lines/${lines[which % 2]?.id}/received`
    const body = JSON.stringify({ received: String(3 + which), damaged: {}, reason: 'Counted again' })
    const headers = { authorization: 'Bearer the-administrator-of-the-tests', 'content-type': 'application/json' }
    return (await office.app.request(url, { method: 'PATCH', headers, body })).status
  }
  const cases = await casesOf(office, id)
  const one = cases[which % cases.length]
  const door = office.api.api.v1.cases[':id']
  const param = { id: one?.id ?? '' }
  if (what === 'reopen') return (await door.reopening.$post({ param, json: { reason: 'Again' } })).status
  const more = quantity === undefined ? {} : { quantity }
  const json = { outcome, note: 'So it is', noPhotoReason: 'It rained', ...more }
  return (await door.settlement.$post({ param, json })).status
}
