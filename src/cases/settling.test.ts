import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { harbour, hub, milk, openOffice, refusalOf, tea, type Office } from '#test/office.ts'
import { jpeg } from '#test/photos.ts'
import { adminToken } from '#test/shop.ts'
import { casesOf, count, mustAddUp, orderBeingReceived } from '#test/receiving-yard.ts'

test('what was missing and is found behind the door counts as received, and Lightspeed is told; a part leaves the rest open', async () => {
  await using office = await openOffice()
  const { id, one } = await lostTeas(office)
  const version = (await office.show(id)).version
  const tried = await settle(office, one.id, { outcome: 'found', dryRun: true })
  assert.equal((await tried.json()).state, 'settled')
  assert.equal((await office.show(id)).lines[0]?.received, '6')
  const part = await (
    await settle(office, one.id, { outcome: 'found', quantity: '1.5', note: 'Behind the door' })
  ).json()
  assert.deepEqual([part.state, part.quantity, part.openedQuantity], ['open', '-1.5', '-3'])
  const all = await (await settle(office, one.id, { outcome: 'found' })).json()
  assert.deepEqual([all.state, all.outcome, all.quantity, all.foundOutletId], ['settled', 'found', '0', harbour])
  const after = await office.show(id)
  assert.deepEqual([after.lines[0]?.received, after.lightspeed, after.version > version], ['9', 'queued', true])
  const amended = (await office.timeline(id)).data.filter(({ action }) => action === 'consignment.counts_amended')
  assert.deepEqual(
    amended.map(({ reason }) => reason),
    ['Found', 'Behind the door'],
  )
  await mustAddUp(office.db)
})

test('what turns up after the document is closed goes into stock by an adjustment, and out of it when the case is opened again', async () => {
  await using office = await openOffice()
  const { id, one } = await lostTeas(office)
  await office.walk(id, 'CLOSED')
  const found = await (await settle(office, one.id, { outcome: 'found', quantity: 2, note: 'In the van' })).json()
  assert.deepEqual([found.outcome, found.quantity, found.foundOutletId], ['found', '-2', harbour])
  assert.equal((await office.show(id)).lines[0]?.received, '6', 'what is closed stays as it was counted')
  assert.deepEqual(await adjusted(office), [`${tea} at ${harbour} by 2: STOCK_FOUND`])
  const rest = (await casesOf(office, id)).find(({ state }) => state === 'open')
  assert.deepEqual([rest?.quantity, rest?.owner, rest?.dueAt], ['-1', one.owner, one.dueAt])
  await mustAddUp(office.db)
  const early = await refusalOf(await reopen(office, one.id))
  assert.match(early.detail, /the rest of it is open as case/)
  await settle(office, rest?.id ?? '', { outcome: 'write_off', note: 'Gone' })
  assert.equal((await (await reopen(office, one.id)).json()).stockWriteId, null)
  assert.equal((await adjusted(office)).at(-1)?.startsWith(`${tea} at ${harbour} by -2`), true)
  await mustAddUp(office.db)
})

test('what never left its shelf is found there, whatever the document says, and put back into its stock', async () => {
  await using office = await openOffice()
  const { id, one } = await lostTeas(office)
  const stranger = await refusalOf(await settle(office, one.id, { outcome: 'found', outletId: 'the-moon' }))
  assert.match(stranger.detail, /outletId: the-moon has no part in/)
  const found = await (await settle(office, one.id, { outcome: 'found', outletId: hub })).json()
  assert.deepEqual([found.state, found.quantity, found.foundOutletId], ['settled', '-3', hub])
  assert.deepEqual(await adjusted(office), [`${tea} at ${hub} by 3: STOCK_FOUND`])
  assert.equal((await office.show(id)).lines[0]?.received, '6')
  await mustAddUp(office.db)
})

test('what is sent again gets a document of its own that goes on from the first, once; cancelled, the case can be opened', async () => {
  await using office = await openOffice()
  const id = await orderBeingReceived(office, { [tea]: 10, [milk]: 4 })
  await count(office, id, { [tea]: { good: 8 }, [milk]: { good: 3, damaged_in_transit: 1 } })
  await office.walk(id, 'RECEIVED')
  const cases = await casesOf(office, id)
  const one = async (kind: string) => {
    const found = cases.find((row) => row.kind === kind)
    return (await (await settle(office, found?.id ?? '', { outcome: 'reship' })).json()).reshipId ?? ''
  }
  const [short, broken] = [await office.show(await one('short')), await office.show(await one('damaged_in_transit'))]
  assert.deepEqual(
    [short, broken].map((next) => [next.type, next.status, next.approval, next.parentId, next.supplierId]),
    [1, 2].map(() => ['PURCHASE_ORDER', 'DRAFT', 'approved', id, 'supplier-leaf']),
  )
  assert.deepEqual(
    [short, broken].map(({ lines }) => lines.map((line) => [line.productId, line.quantity, line.unitCost?.amount])),
    [[[tea, '2', '4.95']], [[milk, '1', '0.33333']]],
  )
  assert.equal((await office.show(id)).children.length, 2)
  const caseId = cases.find(({ kind }) => kind === 'short')?.id ?? ''
  assert.match((await refusalOf(await reopen(office, caseId))).detail, new RegExp(`${short.number} brings it again`))
  await office.walk(short.id, 'CANCELLED')
  assert.equal((await (await reopen(office, caseId)).json()).reshipId, null)
  await mustAddUp(office.db)
})

test('damage is claimed for with a photo, or with the reason why there is none; writing off says why', async () => {
  await using office = await openOffice()
  const id = await orderBeingReceived(office, { [tea]: 10, [milk]: 4 })
  await count(office, id, { [tea]: { good: 8, damaged_in_transit: 2 }, [milk]: { good: 5 } })
  await office.walk(id, 'RECEIVED')
  const cases = await casesOf(office, id)
  const [broken, over] = [
    cases.find(({ kind }) => kind.startsWith('damaged')),
    cases.find(({ kind }) => kind === 'over'),
  ]
  const bare = await refusalOf(await settle(office, broken?.id ?? '', { outcome: 'credit' }))
  assert.deepEqual([bare.status, bare.code], [422, 'claim_without_photo'])
  const half = await settle(office, broken?.id ?? '', {
    outcome: 'credit',
    quantity: 1,
    noPhotoReason: 'It was thrown away',
  })
  assert.deepEqual([(await half.json()).noPhotoReason], ['It was thrown away'])
  const rest = (await casesOf(office, id)).find(({ kind, state }) => kind.startsWith('damaged') && state === 'open')
  const photo = await Promise.resolve(
    office.app.request(`/api/v1/consignments/${id}/evidence?id=${randomUUID()}&lineId=${rest?.lineId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'image/jpeg' },
      body: new Uint8Array(await jpeg()),
    }),
  )
  assert.equal(photo.status, 201)
  assert.equal((await (await settle(office, rest?.id ?? '', { outcome: 'credit' })).json()).outcome, 'credit')
  for (const [outcome, code] of [
    ['found', 'outcome_not_fitting'],
    ['reship', 'outcome_not_fitting'],
    ['write_off', 'reason_missing'],
  ] as const)
    assert.equal((await refusalOf(await settle(office, over?.id ?? '', { outcome }))).code, code)
  for (const quantity of ['0', '2', '-1', 'NaN', '1e3'])
    assert.match(
      (await refusalOf(await settle(office, over?.id ?? '', { outcome: 'credit', quantity }))).detail,
      /quantity/,
    )
  await mustAddUp(office.db)
})

type Wish = Parameters<Office['api']['api']['v1']['cases'][':id']['settlement']['$post']>[0]['json']

function settle({ api }: Office, id: string, json: Wish) {
  return api.api.v1.cases[':id'].settlement.$post({ param: { id }, json })
}

function reopen({ api }: Office, id: string) {
  return api.api.v1.cases[':id'].reopening.$post({ param: { id }, json: { reason: 'It was not so' } })
}

/** Ten teas wanted, nine sent, six arrived: three are lost, and one was never packed. */
async function lostTeas(office: Office) {
  const { id } = await office.transfer([{ productId: tea, quantity: 10 }])
  await office.walk(id, 'OPEN', 'PACKING')
  await sql`update consignment_line set packed = 9 where consignment_id = ${id}`.execute(office.db)
  await office.walk(id, 'PACKAGED', 'SENT', 'RECEIVING')
  await count(office, id, { [tea]: { good: 6 } })
  await office.walk(id, 'RECEIVED')
  const [one] = await casesOf(office, id)
  assert.ok(one)
  return { id, one }
}

async function adjusted({ db }: Office) {
  const { rows } = await sql<{ said: string }>`
    select concat(item ->> 'productId', ' at ', item ->> 'outletId', ' by ', item ->> 'by', ': ', item ->> 'reason') as said
    from lightspeed_write, jsonb_array_elements(wish -> 'items') item order by place`.execute(db)
  return rows.map(({ said }) => said)
}
