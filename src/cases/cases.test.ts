import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { cups, hub, milk, openOffice, refusalOf, tea, type Office } from '#test/office.ts'
import { casesOf, count, mustAddUp, orderBeingReceived } from '#test/receiving-yard.ts'

test('what is short, over or damaged in a delivery becomes cases with an owner and a day, and their sum is the variance', async () => {
  await using office = await openOffice()
  const id = await orderBeingReceived(office, { [tea]: 10, [milk]: 6, [cups]: 4 })
  await count(office, id, { [tea]: { good: 8 }, [milk]: { good: 7 }, [cups]: { good: 3, damaged_in_transit: 1 } })
  await office.walk(id, 'RECEIVED')
  const cases = await casesOf(office, id)
  assert.deepEqual(cases.map(({ kind, quantity, owner }) => `${kind} ${quantity} ${owner}`).toSorted(), [
    'damaged_in_transit -1 role:buyer',
    'over 1 role:buyer',
    'short -2 role:buyer',
  ])
  assert.ok(cases.every(({ dueAt, isOverdue, state }) => dueAt !== null && !isOverdue && state === 'open'))
  assert.deepEqual(await mustAddUp(office.db), [{ number: cases[0]?.number, cases: '-2', differences: '-2' }])
  const short = cases.find(({ kind }) => kind === 'short')
  assert.deepEqual(short?.value, { amount: '-9.90', currency: 'NZD' })
  const { data } = await office.timeline(id)
  assert.ok(data.some(({ action }) => action === 'consignment.cases_changed'))
})

test('while more is to come nothing is short, though what is damaged is known at once', async () => {
  await using office = await openOffice()
  const id = await orderBeingReceived(office, { [tea]: 10, [milk]: 6 })
  await count(office, id, { [tea]: { good: 3, damaged_in_store: 2 }, [milk]: { good: 9 } })
  await office.walk(id, 'PARTIAL')
  const kindsNow = async () => (await casesOf(office, id)).map(({ kind, quantity }) => `${kind} ${quantity}`).toSorted()
  assert.deepEqual(await kindsNow(), ['damaged_in_store -2', 'over 3'])
  await mustAddUp(office.db)
  await office.walk(id, 'RECEIVING')
  await count(office, id, { [tea]: { good: 4 } })
  await office.walk(id, 'RECEIVED')
  assert.deepEqual(await kindsNow(), ['damaged_in_store -2', 'over 3', 'short -1'])
  await mustAddUp(office.db)
})

test('what is lost on the way between two outlets is the sender’s to explain', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer([{ productId: tea, quantity: 10 }])
  await office.walk(id, 'OPEN', 'PACKING')
  await sql`update consignment_line set packed = 9 where consignment_id = ${id}`.execute(office.db)
  await office.walk(id, 'PACKAGED', 'SENT', 'RECEIVING')
  await count(office, id, { [tea]: { good: 7 } })
  await office.walk(id, 'RECEIVED')
  const [lost] = await casesOf(office, id)
  assert.deepEqual(
    [lost?.kind, lost?.quantity, lost?.owner, lost?.ownerOutletId],
    ['lost', '-2', 'role:store_manager', hub],
  )
  await mustAddUp(office.db)
})

test('a case is handed on, settled once, and opened again with a reason; each stands in the history', async () => {
  await using office = await openOffice()
  const one = await shortCase(office)
  const param = { id: one.id }
  const door = office.api.api.v1.cases[':id']
  const dueAt = '2026-01-05T00:00:00.000Z'
  const edited = await door.$patch({ param, json: { owner: 'somebody', dueAt } })
  const seen = await edited.json()
  assert.deepEqual([seen.owner, seen.ownerOutletId, seen.isOverdue, seen.version], ['somebody', null, true, 2])
  const late = await refusalOf(await door.$patch({ param, json: { note: 'Late' } }, { headers: { 'if-match': '"1"' } }))
  assert.deepEqual([late.status, late.code, Object(late.details).current], [409, 'version_conflict', 2])
  const { data: overdue } = await (await office.api.api.v1.cases.$get({ query: { overdue: 'true' } })).json()
  assert.deepEqual(
    overdue.map(({ id }) => id),
    [one.id],
  )

  const tried = await door.settlement.$post({ param, json: { outcome: 'credit', dryRun: true } })
  assert.equal((await tried.json()).outcome, 'credit')
  assert.equal((await (await door.$get({ param })).json()).state, 'open')
  const done = await (await door.settlement.$post({ param, json: { outcome: 'credit', note: 'CN-1' } })).json()
  assert.deepEqual(
    [done.state, done.outcome, done.note, done.settledBy],
    ['settled', 'credit', 'CN-1', 'administrator'],
  )
  assert.equal((await refusalOf(await door.$patch({ param, json: { note: 'more' } }))).code, 'case_settled')
  const open = await (await door.reopening.$post({ param, json: { reason: 'It was refused' } })).json()
  assert.deepEqual([open.state, open.outcome, open.settledBy], ['open', null, null])
  assert.equal(
    (await refusalOf(await door.reopening.$post({ param, json: { reason: 'x' } }))).code,
    'case_not_reopenable',
  )
  const actions = (await office.timeline(one.consignmentId)).data.map(({ action }) => action)
  assert.deepEqual(actions.slice(0, 5), [
    'consignment.refused',
    'case.reopened',
    'consignment.refused',
    'case.settled',
    'case.edited',
  ])
})

test('two settle one case at the same moment: one does, the other is told how', async () => {
  await using office = await openOffice()
  const { id } = await shortCase(office)
  const settle = (outcome: 'credit' | 'write_off') =>
    office.api.api.v1.cases[':id'].settlement.$post({ param: { id }, json: { outcome, note: 'Agreed' } })
  const answers = await Promise.all([settle('credit'), settle('write_off')])
  const refused = answers.filter(({ status }) => status === 422)
  assert.equal(refused.length, 1)
  for (const answer of refused) assert.equal((await refusalOf(answer)).code, 'case_settled')
})

test('nonsense about a case is refused with the field, and who has no right does nothing', async () => {
  await using office = await openOffice()
  const { id } = await shortCase(office)
  const bad = await refusalOf(await office.post(`/api/v1/cases/${id}/settlement`, { outcome: 'vanished' }))
  assert.deepEqual([bad.status, bad.code], [422, 'body_not_valid'])
  assert.match(bad.detail, /outcome/)
  const door = office.api.api.v1.cases[':id']
  const role = await refusalOf(await door.$patch({ param: { id }, json: { owner: 'role:' } }))
  assert.match(role.detail, /owner/)
  const elsewhere = await door.$patch({ param: { id }, json: { owner: 'role:buyer', ownerOutletId: 'the-moon' } })
  assert.match((await refusalOf(elsewhere)).detail, /ownerOutletId/)
  const headers = await office.hire('clerk', 'consignments:read')
  const none = await door.settlement.$post({ param: { id }, json: { outcome: 'credit' } }, { headers })
  assert.equal((await refusalOf(none)).code, 'scope_missing')
  const seen = await (await door.$get({ param: { id } }, { headers })).json()
  assert.equal(seen.value, null)
})

test('cases are worked from the command line', async () => {
  await using office = await openOffice()
  const { id, number } = await shortCase(office)
  const list = await office.consign('case list')
  assert.match(list.stdout, new RegExp(`${id}.*short.*-2.*role:buyer`))
  assert.match((await office.consign(`case show ${id}`)).stdout, /short -2, -9\.90 NZD of Tea/)
  assert.match(
    (await office.consign(`case assign ${id} --owner somebody --due 2026-12-01`)).stdout,
    /somebody sees to it, until 2026-12-01/,
  )
  assert.match((await office.consign(`case settle ${id} --outcome credit --dry-run`)).stdout, /Would be so/)
  assert.match(
    (await office.consign(`case settle ${id} --outcome credit`)).stdout,
    new RegExp(`${number} is settled: credit`),
  )
  assert.equal((await office.consign(`case settle ${id} --outcome found`)).exitCode, 3)
  assert.match((await office.consign('case list')).stdout, /There are none/)
  assert.match((await office.consign(`case reopen ${id} --reason again`)).stdout, /is open again/)
})

test('who sees to new cases, and until when, is said anew; those that are open keep whom they have', async () => {
  await using office = await openOffice()
  const before = await shortCase(office)
  const door = office.api.api.v1['case-rules'][':caseType'][':caseKind']
  const param = { caseType: 'PURCHASE_ORDER', caseKind: 'short' } as const
  for (const [json, field] of [
    [{ role: 'nobody', days: 3 }, /role: there is no role nobody/],
    [{ role: 'director', days: 3, side: 'source' as const }, /side: only a transfer/],
    [{ role: 'director', days: 0 }, /days/],
  ] as const)
    assert.match((await refusalOf(await door.$put({ param, json }))).detail, field)
  const clerk = await office.hire('clerk', 'consignments:read', 'cases:settle')
  const none = await door.$put({ param, json: { role: 'director', days: 2 } }, { headers: clerk })
  assert.equal((await refusalOf(none)).code, 'scope_missing')
  const line = 'case rules --type PURCHASE_ORDER --kind short --role director --days 2'
  assert.match((await office.consign(`${line} --dry-run`)).stdout, /Would be: short of PURCHASE_ORDER: director/)
  assert.match((await office.consign('case rules')).stdout, /PURCHASE_ORDER +short +buyer +outlet +7/)
  await office.consign(line)
  assert.match((await office.consign('case rules')).stdout, /PURCHASE_ORDER +short +director +outlet +2/)
  const after = await shortCase(office)
  const kept = await (await office.api.api.v1.cases[':id'].$get({ param: { id: before.id } })).json()
  assert.deepEqual([kept.owner, after.owner], ['role:buyer', 'role:director'])
  assert.ok(Date.parse(after.dueAt ?? '') < Date.now() + 3 * 86_400_000)
  const { data } = await (await office.api.api.v1.audit.$get({ query: { entity: 'case_rule' } })).json()
  assert.equal(data.length, 1)
})

async function shortCase(office: Office) {
  const id = await orderBeingReceived(office, { [tea]: 10 })
  await count(office, id, { [tea]: { good: 8 } })
  await office.walk(id, 'RECEIVED')
  const [one] = await casesOf(office, id)
  assert.ok(one)
  return one
}
