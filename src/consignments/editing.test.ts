import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { cups, milk, openOffice, refusalOf } from '#test/office.ts'

test('a draft is changed by two people: who saw the older version is told both, and changes nothing', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  const edit = (note: string, version: string) =>
    office.consignments[':id'].$patch({ param: { id }, json: { note } }, { headers: { 'if-match': version } })
  const [first, second] = await Promise.all([edit('By Friday', '"1"'), edit('By Monday', '"1"')])
  const [won, lost] = first.status === 200 ? [first, second] : [second, first]
  assert.equal(won.status, 200)
  assert.equal(won.headers.get('etag'), '"2"')
  const refused = await refusalOf(lost)
  assert.deepEqual([refused.status, refused.code], [409, 'version_conflict'])
  const { yours, current, consignment } = Object(refused.details)
  const { note } = await won.json()
  assert.deepEqual([yours, current, consignment.note, consignment.version], [['1'], 2, note, 2])
  assert.equal((await office.show(id)).note, note)
})

test('lines come, change and go in a draft; the version tells of each', async () => {
  await using office = await openOffice()
  const {
    id,
    lines: [first],
  } = await office.transfer()
  const line = { id, lineId: first?.id ?? '' }
  const { lines } = office.consignments[':id']
  await lines.$post({
    param: { id },
    json: {
      lines: [
        { productId: milk, quantity: '3' },
        { productId: cups, quantity: 1 },
      ],
    },
  })
  await lines[':lineId'].$patch({ param: line, json: { quantity: '7.5', unitCost: '1' } })
  const changed = await office.show(id)
  assert.deepEqual(
    changed.lines.map(({ sku, quantity }) => [sku, quantity]),
    [
      ['TEA', '7.5'],
      ['MILK', '3'],
      ['CUPS', '1'],
    ],
  )
  assert.equal(changed.totals.cost?.amount, '10.90')
  const gone = await (await lines[':lineId'].$delete({ param: line, query: {} })).json()
  assert.deepEqual([gone.lines.map(({ sku }) => sku), gone.version], [['MILK', 'CUPS'], 4])
  const again = await refusalOf(
    await lines.$post({ param: { id }, json: { lines: [{ productId: milk, quantity: 1 }] } }),
  )
  assert.match(again.detail, /lines\.0\.productId: product-milk is in TR-STK-.* already/)
  assert.equal((await refusalOf(await lines[':lineId'].$delete({ param: line, query: {} }))).code, 'line_unknown')
})

test('once it is open a line is set to 0 and not removed, each change is a revision, and sent goods are not edited', async () => {
  await using office = await openOffice()
  const {
    id,
    lines: [tea1],
  } = await office.transfer()
  const param = { id, lineId: tea1?.id ?? '' }
  const { lines, revisions } = office.consignments[':id']
  await office.walk(id, 'OPEN')
  const removed = await refusalOf(await lines[':lineId'].$delete({ param, query: {} }))
  assert.deepEqual([removed.status, removed.code], [422, 'edit_not_lawful'])
  assert.match(removed.detail, /set its quantity to 0/)
  await lines[':lineId'].$patch({ param, json: { quantity: 0, reason: 'None left' } })
  const { data } = await (await revisions.$get({ param: { id } })).json()
  assert.deepEqual(
    data.map(({ number, reason }) => [number, reason]),
    [[1, 'None left']],
  )
  await assert.rejects(
    sql`delete from consignment_line where id = ${param.lineId}`.execute(office.db),
    /set to 0, never removed/,
  )
  await lines[':lineId'].$patch({ param, json: { quantity: 4 } })
  await office.walk(id, 'PACKING', 'PACKAGED', 'SENT')
  const late = await refusalOf(await lines[':lineId'].$patch({ param, json: { quantity: 5 } }))
  assert.deepEqual([late.status, late.code], [422, 'edit_not_lawful'])
  const header = await refusalOf(await office.consignments[':id'].$patch({ param: { id }, json: { note: 'Late' } }))
  assert.match(header.detail, /locked from SENT on/)
  await office.walk(id, 'RECEIVING')
  const planned = await refusalOf(
    await lines.$post({ param: { id }, json: { lines: [{ productId: cups, quantity: 2 }] } }),
  )
  assert.match(planned.detail, /lines\.0\.quantity: nothing can be planned/)
  const found = await (await lines.$post({ param: { id }, json: { lines: [{ productId: cups, quantity: 0 }] } })).json()
  assert.equal(found.lines.at(-1)?.origin, 'unexpected')
})
