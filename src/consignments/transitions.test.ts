import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { openOffice, refusalOf, tea, type Office } from '#test/office.ts'
import { law, statuses, types, type Status } from './lifecycle.rules.ts'
import { stepsOf } from './transition.rules.ts'

test('the database holds the same law as the rules', async () => {
  await using office = await openOffice()
  const rows = await office.db.selectFrom('consignment_step').selectAll().execute()
  const told = rows.map((row) => `${row.type} ${row.from_status} ${row.act} ${row.to_status}`)
  const ruled = types.flatMap(stepsOf).map(({ type, from, act, to }) => `${type} ${from} ${act} ${to}`)
  assert.deepEqual(told.toSorted(), ruled.toSorted())
})

test('a transfer goes all its way, and each step stands in its history', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  const way: Status[] = ['OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'RECEIVED', 'CLOSED', 'ARCHIVED']
  await office.walk(id, ...way)
  const { data } = await office.timeline(id)
  const steps = data.filter(({ action }) => /created|transitioned/.test(action))
  assert.deepEqual(steps.map(({ action, after }) => [action, Object(after).status]).toReversed(), [
    ['consignment.created', 'DRAFT'],
    ...way.map((status) => ['consignment.transitioned', status]),
  ])
  const { status, version, allowed } = await office.show(id)
  assert.deepEqual([status, version, allowed], ['ARCHIVED', 9, []])
})

test('what is not lawful is refused with what is, changes nothing, and stands in the audit', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  const refused = await refusalOf(await office.move(id, 'SENT'))
  assert.deepEqual([refused.status, refused.code], [422, 'transition_not_lawful'])
  const { status, to, allowed } = Object(refused.details)
  assert.deepEqual([status, to, allowed], ['DRAFT', 'SENT', ['OPEN', 'CANCELLED']])
  assert.deepEqual([(await office.show(id)).status, (await office.show(id)).version], ['DRAFT', 1])
  const [entry] = (await office.timeline(id)).data
  assert.equal(entry?.action, 'consignment.refused')
  assert.match(entry.reason ?? '', /cannot become SENT\. Lawful now: open \(OPEN\), cancel \(CANCELLED\)/)
})

test('a refused request leaves its key free, though the refusal is noted', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  const once = { 'idempotency-key': 'send-it' }
  assert.equal((await office.move(id, 'PACKING', {}, once)).status, 422)
  await office.walk(id, 'OPEN')
  assert.equal((await office.move(id, 'PACKING', {}, once)).status, 200)
})

test('trying says what would be, and notes nothing', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  const tried = await (await office.move(id, 'OPEN', { dryRun: true })).json()
  assert.deepEqual([tried.dryRun, 'to' in tried && tried.to, 'from' in tried && tried.from], [true, 'OPEN', 'DRAFT'])
  assert.equal((await refusalOf(await office.move(id, 'SENT', { dryRun: true }))).code, 'transition_not_lawful')
  assert.equal((await office.show(id)).status, 'DRAFT')
  assert.equal((await office.timeline(id)).data.length, 1)
})

test('two people want different things at once: one has it, the other is told no, and nothing is in between', async () => {
  await using office = await openOffice()
  for (let round = 0; round < 8; round++) {
    const { id } = await office.transfer()
    await office.walk(id, 'OPEN')
    const answers = await Promise.all([office.move(id, 'DRAFT'), office.move(id, 'PACKING')])
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 422],
    )
    const won = answers[0].status === 200 ? 'DRAFT' : 'PACKING'
    const { data } = await office.timeline(id)
    assert.equal((await office.show(id)).status, won)
    assert.deepEqual(
      data
        .slice(0, 2)
        .map(({ action }) => action)
        .toSorted(),
      ['consignment.refused', 'consignment.transitioned'],
    )
  }
})

test('two who look at the same version: the slower one is told what it is now, even where his wish were still lawful', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  const seen = { 'if-match': '"1"' }
  const answers = await Promise.all([office.move(id, 'OPEN', {}, seen), office.move(id, 'CANCELLED', {}, seen)])
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  )
})

test('whatever ten people ask at once, in any order, no document stands where the law does not lead', async () => {
  await using office = await openOffice()
  const asks = fc.sample(fc.array(fc.constantFrom(...statuses), { minLength: 10, maxLength: 10 }), {
    numRuns: 12,
    seed: 7,
  })
  for (const wishes of asks) {
    const { id, type } = await office.transfer()
    await Promise.all(wishes.map((to) => office.move(id, to)))
    const { data } = await office.timeline(id)
    const moves = data
      .filter(({ action }) => action !== 'consignment.refused' && action !== 'consignment.warnings_passed')
      .toReversed()
      .slice(1)
    let at: Status = 'DRAFT'
    for (const { before, after } of moves) {
      assert.equal(Object(before).status, at)
      const to = statuses.find((status) => status === Object(after).status)
      assert.ok(to !== undefined && Object.values(law[type][at] ?? {}).includes(to))
      at = to
    }
    assert.equal((await office.show(id)).status, at)
    assert.equal(data.filter(({ action }) => action !== 'consignment.warnings_passed').length, wishes.length + 1)
  }
})

test('by hand in the database the law holds as well', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  const order = await office.order()
  const set = (column: string, value: unknown, of = id) =>
    sql`update consignment set ${sql.ref(column)} = ${value} where id = ${of}`.execute(office.db)
  await assert.rejects(set('status', 'SENT'), /is DRAFT, and cannot become SENT/)
  await assert.rejects(set('status', 'ASLEEP'), /consignment_status_check|cannot become/)
  await assert.rejects(set('status', 'OPEN', order.id), /consignment_approved/)
  await assert.rejects(set('number', 'TR-STK-202611-000999-00'), /identity .* does not change/)
  await assert.rejects(set('type', 'STOCKTAKE'), /identity .* does not change/)
  await assert.rejects(sql`delete from consignment where id = ${id}`.execute(office.db), /never deleted/)
  await assert.rejects(sql`truncate consignment cascade`.execute(office.db), /never deleted|only ever added/)
  await set('status', 'CANCELLED')
  await assert.rejects(set('status', 'DRAFT'), /cannot become DRAFT/)
  const copy = sql`insert into consignment (number, type, status, approval, outlet_id, currency, created_by)
    values ('X', 'STOCKTAKE', 'SENT', 'not_needed', 'o', 'NZD', 'me')`
  await assert.rejects(copy.execute(office.db), /begins as a draft/)
})

test('any two statuses: the database lets through what the table leads to, and nothing else', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  for (const from of statuses)
    for (const to of statuses) {
      if (from === to) continue
      const isLawful = await office.database.pool.connect().then(async (client) => {
        try {
          await client.query('begin; set local session_replication_role = replica')
          await client.query('update consignment set status = $2 where id = $1', [id, from])
          await client.query('set local session_replication_role = origin')
          return await client.query('update consignment set status = $2 where id = $1', [id, to]).then(
            () => true,
            () => false,
          )
        } finally {
          await client.query('rollback')
          client.release()
        }
      })
      const leads = Object.values(law.OUTLET_TRANSFER[from] ?? {}).includes(to)
      assert.equal(isLawful, leads, `${from} to ${to}`)
    }
})

test('everyone does what is his: packing, sending and cancelling are rights of their own', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  await office.walk(id, 'OPEN')
  const packer = await office.hire('packer', 'consignments:read', 'consignments:pack')
  assert.equal((await office.move(id, 'PACKING', {}, packer)).status, 200)
  assert.equal((await office.move(id, 'PACKAGED', {}, packer)).status, 200)
  const refused = await refusalOf(await office.move(id, 'SENT', {}, packer))
  assert.deepEqual([refused.status, Object(refused.details).scope], [403, 'consignments:send'])
  const draft = await office.transfer()
  assert.equal((await office.move(draft.id, 'CANCELLED', {}, packer)).status, 403)
  const manager = await office.hire('manager', 'consignments:read', 'consignments:cancel')
  assert.equal((await office.move(draft.id, 'CANCELLED', {}, manager)).status, 200)
})

test('a sent order is cancelled by a director with a reason, and only while nothing is under way', async () => {
  await using office = await openOffice()
  const { id } = await sentOrder(office)
  const cancel = (json: { reason?: string }, headers = {}) =>
    office.consignments[':id'].cancellation.$post({ param: { id }, json }, { headers })
  const manager = await office.hire('manager', 'consignments:read', 'consignments:cancel')
  const director = await office.hire('director', 'consignments:read', 'consignments:cancel-sent')
  assert.equal((await cancel({ reason: 'Twice' }, manager)).status, 403)
  const unsaid = await refusalOf(await cancel({}, director))
  assert.deepEqual([unsaid.status, unsaid.code], [422, 'reason_missing'])
  await sql`update consignment set shipped_at = now() where id = ${id}`.execute(office.db)
  const shipped = await refusalOf(await cancel({ reason: 'Twice' }, director))
  assert.deepEqual([shipped.status, Object(shipped.details).hindrance], [422, 'goods_under_way'])
  await assert.rejects(
    sql`update consignment set status = 'CANCELLED' where id = ${id}`.execute(office.db),
    /under way, and cannot be cancelled/,
  )
  await sql`update consignment set shipped_at = null where id = ${id}`.execute(office.db)
  const done = await (await cancel({ reason: 'Ordered twice' }, director)).json()
  assert.ok('cancelReason' in done)
  assert.deepEqual([done.status, done.stage, done.cancelReason], ['CANCELLED', 'CANCELLED', 'Ordered twice'])
})

test('a transfer without goods is packed and never sent', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer([{ productId: tea, quantity: 0 }])
  await office.walk(id, 'OPEN', 'PACKING', 'PACKAGED')
  const refused = await refusalOf(await office.move(id, 'SENT'))
  assert.deepEqual([refused.code, Object(refused.details).hindrance], ['transition_not_lawful', 'goods_missing'])
})

test('how far a push has come turns nobody away who is typing', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer()
  await sql`update consignment set link = 'queued' where id = ${id}`.execute(office.db)
  const edited = await office.consignments[':id'].$patch(
    { param: { id }, json: { note: 'Soon' } },
    { headers: { 'if-match': '"1"' } },
  )
  assert.equal(edited.status, 200)
})

async function sentOrder(office: Office) {
  const order = await office.order()
  await sql`update consignment set status = 'OPEN', approval = 'approved' where id = ${order.id}`.execute(office.db)
  await office.walk(order.id, 'SENT')
  return order
}
