import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openBuyingOffice } from '#test/buying-office.ts'
import { cups, hub, refusalOf, tea } from '#test/office.ts'

test('an order is submitted, waits, is approved by somebody else, and is open', async () => {
  await using office = await openBuyingOffice()
  const { id } = await office.order()
  const waiting = await office.decide(id, 'submit')
  assert.deepEqual([waiting.status, waiting.approval, waiting.stage], ['DRAFT', 'pending', 'PENDING_APPROVAL'])
  const { data } = await (await office.api.api.v1.approvals.$get({ query: {} })).json()
  assert.deepEqual(
    data.map(({ consignmentId, total, roles, colour }) => [consignmentId, total?.amount, roles, colour]),
    [[id, '49.50', ['store_manager'], 'fresh']],
  )
  const json = { decision: 'approve' as const, dryRun: true }
  const approval = office.consignments[':id'].approval
  const tried = await (await approval.$post({ param: { id }, json }, { headers: office.manager })).json()
  assert.deepEqual([tried.status, (await office.show(id)).status], ['OPEN', 'DRAFT'])
  const open = await office.decide(id, 'approve', office.manager)
  assert.deepEqual([open.status, open.approval, open.stage], ['OPEN', 'approved', 'APPROVED'])
  const actions = (await office.timeline(id)).data.map(({ action }) => action)
  assert.deepEqual(actions, ['consignment.approved', 'consignment.submitted', 'consignment.created'])
  const again = await refusalOf(await office.ask(id, 'approve', office.manager))
  assert.deepEqual([again.status, again.code], [422, 'approval_not_pending'])
})

test('nobody approves his own order, nor through somebody whose place he takes; only a setting allows it, and it shows', async () => {
  await using office = await openBuyingOffice()
  const { id } = await office.order()
  await office.decide(id, 'submit', office.manager)
  const own = await refusalOf(await office.ask(id, 'approve', office.manager))
  assert.deepEqual([own.status, own.code], [403, 'own_approval'])
  const standIn = await office.hire('stand-in', 'consignments:read', 'consignments:approve')
  const [from, to] = [await office.idOf('manager'), await office.idOf('stand-in')]
  const json = { from, to, startsAt: '2026-01-01T00:00:00Z', endsAt: '2100-01-01T00:00:00Z' }
  await office.api.api.v1['approval-rules'].delegations.$post({ json })
  assert.equal((await refusalOf(await office.ask(id, 'approve', standIn))).code, 'own_approval')
  assert.equal((await office.show(id)).status, 'DRAFT')
  await office.api.api.v1['approval-rules'].$patch({ json: { ownAllowed: true } })
  await office.decide(id, 'approve', office.manager)
  const { data } = await (await office.consignments[':id'].approvals.$get({ param: { id } })).json()
  assert.deepEqual([data[0]?.decision, data[0]?.isOwn], ['approved', true])
})

test('a store manager does not approve what is over his limit; a director does, and so does who takes his place', async () => {
  await using office = await openBuyingOffice()
  const { id } = await office.order([{ productId: tea, quantity: 1000, unitCost: '6.00' }])
  await office.decide(id, 'submit')
  const refused = await refusalOf(await office.ask(id, 'approve', office.manager))
  assert.deepEqual(
    [refused.status, refused.code, Object(refused.details).roles],
    [403, 'approval_role_missing', ['director']],
  )
  const rules = office.api.api.v1['approval-rules']
  const from = await office.idOf('director')
  const to = await office.idOf('manager')
  const soon = new Date(Date.now() + 60_000).toISOString()
  await rules.delegations.$post({ json: { from, to, startsAt: soon, endsAt: '2100-01-01T00:00:00Z' } })
  assert.equal((await office.ask(id, 'approve', office.manager)).status, 403)
  await rules.delegations.$post({
    json: { from, to, startsAt: '2026-01-01T00:00:00Z', endsAt: '2100-01-01T00:00:00Z' },
  })
  assert.equal((await office.decide(id, 'approve', office.manager)).status, 'OPEN')
  const { data } = await (await office.consignments[':id'].approvals.$get({ param: { id } })).json()
  assert.equal(data[0]?.onBehalfOf, from)
})

test('who approves hands on his own place for some days by himself, and takes it back; not another one’s', async () => {
  await using office = await openBuyingOffice()
  const { delegations, ':kind': kind } = office.api.api.v1['approval-rules']
  const [from, to] = [await office.idOf('manager'), await office.idOf('director')]
  const days = { startsAt: '2026-01-01T00:00:00Z', endsAt: '2100-01-01T00:00:00Z' }
  const own = { headers: office.manager }
  assert.equal((await delegations.$post({ json: { from: to, to: from, ...days } }, own)).status, 403)
  const { id } = await (await delegations.$post({ json: { from, to, ...days } }, own)).json()
  const param = { kind: 'delegations' as const, id }
  const take = (headers: Record<string, string>) => kind[':id'].$delete({ param, query: {} }, { headers })
  assert.equal((await take(office.director)).status, 403)
  assert.equal((await take(office.manager)).status, 200)
})

test('two approvers at once: one decision', async () => {
  await using office = await openBuyingOffice()
  const { id } = await office.order()
  await office.decide(id, 'submit')
  const answers = await Promise.all([
    office.ask(id, 'approve', office.manager),
    office.ask(id, 'reject', office.director, 'duplicate'),
  ])
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 422],
  )
  const { data } = await (await office.consignments[':id'].approvals.$get({ param: { id } })).json()
  assert.equal(data.length, 1)
})

test('a rejected order says why, comes back to the same approver, and one sent back for changes is a draft again', async () => {
  await using office = await openBuyingOffice()
  const { id } = await office.order()
  await office.decide(id, 'submit')
  assert.equal((await refusalOf(await office.ask(id, 'reject', office.manager))).code, 'reason_missing')
  const rejected = await office.decide(id, 'reject', office.manager, 'over_budget')
  assert.deepEqual([rejected.status, rejected.approval], ['DRAFT', 'rejected'])
  await office.decide(id, 'submit')
  const { data } = await (await office.consignments[':id'].approvals.$get({ param: { id } })).json()
  assert.deepEqual([data[1]?.reasonCode, data[0]?.wantedFrom], ['over_budget', await office.idOf('manager')])
  const left = new Date(data[1]?.resubmitUntil ?? 0).getTime() - new Date(data[1]?.decidedAt ?? 0).getTime()
  assert.equal(Math.round(left / 86_400_000), 7)
  const back = await office.decide(id, 'request_changes', office.manager, 'Twelve, please')
  assert.deepEqual([back.status, back.approval], ['DRAFT', 'changes_requested'])
})

test('while it waits only an approver edits it, and what he makes dearer than he may approve he cannot approve', async () => {
  await using office = await openBuyingOffice()
  const {
    id,
    lines: [line],
  } = await office.order()
  await office.decide(id, 'submit')
  const edit = (quantity: number, headers: Record<string, string>) =>
    office.consignments[':id'].lines[':lineId'].$patch(
      { param: { id, lineId: line?.id ?? '' }, json: { quantity } },
      { headers },
    )
  const buyer = await office.hire('buyer', 'consignments:read', 'consignments:edit')
  assert.equal((await refusalOf(await edit(12, buyer))).code, 'approval_pending')
  assert.equal((await edit(1000, office.manager)).status, 200)
  assert.equal((await refusalOf(await office.ask(id, 'approve', office.manager))).code, 'approval_role_missing')
  assert.equal((await edit(12, office.manager)).status, 200)
  assert.equal((await office.decide(id, 'approve', office.manager)).totals.cost?.amount, '59.40')
})

test('many are approved at once, or none of them', async () => {
  await using office = await openBuyingOffice()
  const small = await office.order()
  const dear = await office.order([{ productId: cups, quantity: 1000, unitCost: '6.00' }])
  for (const { id } of [small, dear]) await office.decide(id, 'submit')
  const { decisions } = office.api.api.v1.approvals
  const json = { ids: [small.id, dear.id], decision: 'approve' as const }
  assert.equal((await refusalOf(await decisions.$post({ json }, { headers: office.manager }))).status, 403)
  assert.equal((await office.show(small.id)).approval, 'pending')
  const tried = await decisions.$post({ json: { ...json, dryRun: true } }, { headers: office.director })
  assert.deepEqual([tried.status, (await office.show(small.id)).approval], [200, 'pending'])
  const twice = { ...json, ids: [...json.ids, small.number] }
  const { decided } = await (await decisions.$post({ json: twice }, { headers: office.director })).json()
  assert.deepEqual(
    decided.map(({ id }) => id),
    [small.id, dear.id].toSorted(),
  )
  for (const { id } of [small, dear]) {
    const { status, lightspeed } = await office.show(id)
    assert.deepEqual([status, lightspeed], ['OPEN', 'queued'])
  }
})

test('a submitted order is withdrawn by who submitted it, and cancelled without leaving anybody waiting', async () => {
  await using office = await openBuyingOffice()
  const [first, second] = [await office.order(), await office.order()]
  for (const { id } of [first, second]) await office.decide(id, 'submit')
  assert.equal((await refusalOf(await office.ask(first.id, 'withdraw', office.manager))).code, 'approval_of_another')
  assert.equal((await office.decide(first.id, 'withdraw')).approval, 'not_asked')
  await office.walk(second.id, 'CANCELLED')
  const { data } = await (await office.api.api.v1.approvals.$get({ query: {} })).json()
  assert.deepEqual(data, [])
})

test('who approves what is kept as rows, added and taken back, and each change is in the audit', async () => {
  await using office = await openBuyingOffice()
  const rules = office.api.api.v1['approval-rules']
  const json = { type: 'PURCHASE_ORDER' as const, upTo: '100.00', role: 'buyer', outletId: hub }
  const { id } = await (await rules.tiers.$post({ json })).json()
  assert.equal((await refusalOf(await rules.tiers.$post({ json }))).code, 'approval_rule_exists')
  assert.equal((await refusalOf(await rules.tiers.$post({ json: { ...json, upTo: '1e3' } }))).status, 422)
  const told = await (await rules.$get()).json()
  assert.ok(told.tiers.some((tier) => tier.id === id && tier.outletId === hub))
  assert.deepEqual(
    told.tiers.filter(({ outletId, type }) => outletId === null && type === 'PURCHASE_ORDER').map(({ role }) => role),
    ['store_manager', 'communications_manager', 'retail_operations_manager', 'director'],
  )
  const param = { kind: 'tiers' as const, id }
  const edited = await rules[':kind'][':id'].$patch({ param, json: { upTo: '250', outletId: null } })
  const { upTo, role, outletId, isOn } = await edited.json()
  assert.deepEqual([upTo, role, outletId, isOn], ['250.00', 'buyer', null, true])
  const same = await rules[':kind'][':id'].$patch({ param, json: { upTo: '2000', role: 'store_manager' } })
  assert.equal((await refusalOf(same)).code, 'approval_rule_exists')
  for (const [query, status] of [
    [{ dryRun: 'true' } as const, 200],
    [{}, 200],
    [{}, 404],
  ] as const)
    assert.equal((await rules[':kind'][':id'].$delete({ param, query })).status, status)
  const { rows } = await sql<{
    action: string
  }>`select action from audit where entity = 'approval_tier' order by id`.execute(office.db)
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['approval_tier.added', 'approval_tier.changed', 'approval_tier.removed'],
  )
})
