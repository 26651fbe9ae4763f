import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { cups, hamper, harbour, hub, milk, refusalOf, tea } from '#test/office.ts'
import { openDock } from '#test/dock.ts'

test('what was received is amended without approval until it is closed, with a reason, and pushed', async () => {
  await using dock = await openDock()
  const { id, lines } = await dock.sent({ [tea]: 10, [milk]: 4 })
  const lineId = lines[0]?.id ?? ''
  const done = await dock.receive(id, {
    scans: [
      { code: 'TEA', quantity: 9 },
      { code: 'MILK', quantity: 4 },
    ],
    outcome: 'complete',
  })
  assert.equal(done.consignment.status, 'RECEIVED')
  const { version } = await dock.show(id)
  const amended = await dock.amend(id, lineId, {
    received: '10',
    damaged: { damaged_in_transit: '1' },
    reason: 'One more was in the van',
  })
  assert.deepEqual(
    [amended.line.counted, amended.line.received, amended.line.damaged.damaged_in_transit],
    ['10', '10', '1'],
  )
  assert.ok(amended.consignment.version > version)
  assert.deepEqual(await dock.received(id), { [tea]: ['10', '1'], [milk]: ['4', '0'] })
  const entry = (await dock.timeline(id)).data.find(({ action }) => action === 'consignment.counts_amended')
  assert.deepEqual([entry?.reason, Object(entry?.before)[0].received], ['One more was in the van', '9'])
  assert.ok((await pushesAsked(dock)) > 0)

  const late = randomUUID()
  const [scan] = await dock.scan(id, done.id, [{ id: late, code: 'CUPS', quantity: 2 }])
  assert.equal(scan?.state, 'not_on_order')
  assert.deepEqual((await dock.received(id))[cups], ['2', '0'])

  const wrong = await refusalOf(
    await dock.postAmend(id, lineId, { received: '1', damaged: { expired: '2' }, reason: 'x' }),
  )
  assert.deepEqual([wrong.status, wrong.code], [422, 'count_not_valid'])
  for (const received of ['1e3', 'NaN', '-1', '1000000']) {
    const odd = await refusalOf(await dock.postAmend(id, lineId, { received, reason: 'x' }))
    assert.match(odd.detail, /received/)
  }
  await dock.walk(id, 'CLOSED')
  for (const closed of [
    await dock.postAmend(id, lineId, { received: '10', reason: 'Too late' }),
    await dock.postScans(id, done.id, [{ id: randomUUID(), code: 'TEA' }]),
  ]) {
    const refused = await refusalOf(closed)
    assert.deepEqual([refused.status, refused.code], [422, 'edit_not_lawful'])
  }
  assert.deepEqual((await dock.received(id))[tea], ['10', '1'])
})

test('a code that nobody knew is kept, told what it is, and counts once', async () => {
  await using dock = await openDock()
  const { id } = await dock.sent({ [tea]: 24 })
  const delivery = await dock.begin(id)
  const [one] = await dock.scan(id, delivery, [{ code: 'CARTON', quantity: 2 }])
  assert.deepEqual([one?.state, one?.counted, one?.productId], ['unknown', '2', null])
  assert.match(one?.message ?? '', /No product has the code CARTON/)
  const receipt = await dock.receipt(id, delivery)
  assert.deepEqual(
    receipt.unknownCodes.map(({ code, counted }) => [code, counted]),
    [['CARTON', '2']],
  )
  assert.equal((await dock.assign(id, 'CARTON', { productId: tea, units: '12' })).counted, '24')
  assert.equal((await dock.assign(id, 'CARTON', { productId: tea, units: '12' })).counted, '0')
  const [next] = await dock.scan(id, delivery, [{ code: 'CARTON', quantity: 1 }])
  assert.deepEqual([next?.state, next?.counted, next?.units], ['over', '36', '12'])
  assert.deepEqual((await dock.receipt(id, delivery)).unknownCodes, [])
  await dock.scan(id, delivery, [{ code: 'LATER-TAUGHT', quantity: 1 }])
  await sql`insert into taught_code (code, product_id, units, taught_by) values ('LATER-TAUGHT', ${milk}, 6, 'somebody')`.execute(
    dock.db,
  )
  await dock.end(id, delivery, 'complete')
  assert.deepEqual(await dock.received(id), { [tea]: ['36', '0'], [milk]: ['6', '0'] })
  assert.equal((await refusalOf(await dock.postAssign(id, 'NEVER', { productId: tea }))).code, 'code_not_scanned')
  assert.match((await refusalOf(await dock.postAssign(id, 'CARTON', { productId: hamper }))).detail, /composite/)
})

test('receiving everything as ordered is a right of its own, stays told apart, and is done once', async () => {
  await using dock = await openDock()
  const { id } = await dock.sent({ [tea]: 10, [milk]: 4 })
  const clerk = await dock.hire('clerk', 'consignments:read', 'consignments:receive')
  const wish = {
    id: randomUUID(),
    scans: [{ id: randomUUID(), code: 'TEA', quantity: 3 }],
    asOrdered: true,
    outcome: 'complete',
  } as const
  const refused = await refusalOf(await dock.postReceipt(id, wish, clerk))
  assert.deepEqual([refused.status, Object(refused.details).scope], [403, 'consignments:receive-all'])
  assert.equal((await dock.show(id)).status, 'SENT')
  assert.equal((await dock.receive(id, { ...wish, dryRun: true })).consignment.status, 'RECEIVED')
  assert.equal((await dock.show(id)).status, 'SENT')
  const answers = await Promise.all([dock.receive(id, wish), dock.receive(id, wish)])
  assert.equal(answers.filter(({ isNew }) => isNew).length, 1)
  assert.deepEqual(await dock.received(id), { [tea]: ['10', '0'], [milk]: ['4', '0'] })
  const means = await dock.db
    .selectFrom('scan_event')
    .select(['means', 'quantity'])
    .orderBy('means')
    .orderBy('quantity')
    .execute()
  assert.deepEqual(
    means.map((one) => [one.means, Number(one.quantity)]),
    [
      ['as_ordered', 4],
      ['as_ordered', 7],
      ['scan', 3],
    ],
  )
  assert.ok((await dock.timeline(id)).data.some(({ action }) => action === 'delivery.taken_as_ordered'))
  const bad = await refusalOf(
    await dock.postReceipt(id, { id: randomUUID(), scans: [{ id: randomUUID(), code: 'TEA', quantity: '1e3' }] }),
  )
  assert.equal(bad.status, 422)
})

test('what a transfer lacks its sender is asked to count again, and answers once', async () => {
  await using dock = await openDock()
  const { id, lines } = await dock.transfer([
    { productId: tea, quantity: 10 },
    { productId: milk, quantity: 2 },
  ])
  await dock.walk(id, 'OPEN', 'PACKING')
  await sql`update consignment_line set packed = 8 where product_id = ${tea}`.execute(dock.db)
  await sql`update consignment_line set packed = 2 where product_id = ${milk}`.execute(dock.db)
  await dock.walk(id, 'PACKAGED', 'SENT')
  await dock.receive(id, {
    scans: [
      { code: 'TEA', quantity: 7 },
      { code: 'MILK', quantity: 2 },
    ],
    outcome: 'complete',
  })
  const open = await dock.openRecounts(hub)
  assert.deepEqual(
    open.data.map(({ sku, expected, counted }) => [sku, expected, counted]),
    [['TEA', '8', '7']],
  )
  assert.deepEqual((await dock.openRecounts(harbour)).data, [])
  const recountId = open.data[0]?.id ?? ''
  const answers = await Promise.all(
    ['7', '8'].map((quantity) => dock.postAnswer(id, recountId, { answer: 'recounted', quantity })),
  )
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  )
  assert.deepEqual((await dock.openRecounts(hub)).data, [])
  const explained = await dock.explain(id, lines[0]?.id ?? '', { reason: 'short', note: 'Never packed' })
  assert.deepEqual(
    [explained.line.reason, explained.line.reasonNote, explained.line.variance],
    ['short', 'Never packed', '-1'],
  )
})

test('goods in hand find the order that expects them, and what was odd stays in the history', async () => {
  await using dock = await openDock()
  const full = await dock.sent({ [tea]: 1 })
  await dock.receive(full.id, { scans: [{ code: 'TEA', quantity: 2 }], outcome: 'more_to_come' })
  const waiting = await dock.sent({ [tea]: 5 })
  await dock.sent({ [milk]: 5 })
  const found = await dock.arrivals({ outletId: hub, code: 'TEA' })
  assert.deepEqual(
    found.data.map(({ number, open }) => [number, open]),
    [
      [waiting.number, '5'],
      [full.number, '0'],
    ],
  )
  assert.match((await dock.arrivals({ outletId: hub, code: 'NOBODY' })).why ?? '', /No product/)
  const ended = (await dock.timeline(full.id)).data.find(({ action }) => action === 'delivery.completed')
  assert.deepEqual(
    Object(ended?.after).warnings.map(({ code, difference }: { code: string; difference: string }) => [
      code,
      difference,
    ]),
    [['over', '1']],
  )
})

async function pushesAsked({ db }: Awaited<ReturnType<typeof openDock>>): Promise<number> {
  const { rows } = await sql<{ jobs: number }>`
    select count(*)::int as jobs from pgboss.job where name = 'lightspeed.push'`.execute(db)
  return rows[0]?.jobs ?? 0
}
