import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cups, harbour, milk, openOffice, refusalOf, tea, type Office } from '#test/office.ts'
import { casesOf, count, mustAddUp, orderBeingReceived } from '#test/receiving-yard.ts'
import type { LineDecision } from './deciding.rules.ts'

test('what is owed is decided about line by line; the order closes short, and the rest goes on in one order', async () => {
  await using office = await openOffice()
  const id = await waitingForRest(office)
  const refused = await refusalOf(await office.move(id, 'CLOSED'))
  assert.deepEqual([refused.code, Object(refused.details).hindrance], ['transition_not_lawful', 'lines_undecided'])
  const waiting = await office.show(id)
  assert.deepEqual(
    waiting.lines.map(({ open }) => open),
    ['2', '5.5', '4'],
  )
  const decided = await decide(office, id, { [tea]: 'back_order', [milk]: 'claim' }, 'cancel')
  assert.deepEqual(
    decided.lines.map(({ decision }) => decision),
    ['back_order', 'claim', 'cancel'],
  )
  await office.walk(id, 'CLOSED')

  const closed = await office.show(id)
  assert.deepEqual(
    closed.lines.map(({ open }) => open),
    ['0', '0', '0'],
  )
  assert.equal(closed.children.length, 1)
  const next = await office.show(closed.children[0]?.id ?? '')
  assert.deepEqual(
    [next.type, next.status, next.approval, next.parentId, next.parent?.number, next.supplierId, next.outletId],
    ['PURCHASE_ORDER', 'DRAFT', 'approved', id, closed.number, closed.supplierId, closed.outletId],
  )
  assert.deepEqual(
    next.lines.map((line) => [line.productId, line.quantity, line.unitCost?.amount, line.supplierCode, line.received]),
    [[tea, '2', '4.95', 'L-1', null]],
  )
  const cases = await casesOf(office, id)
  assert.deepEqual(
    cases.map(({ productId, kind, quantity, outcome }) => `${productId} ${kind} ${quantity} ${outcome}`).toSorted(),
    [`${cups} short -4 cancelled`, `${milk} short -5.5 null`, `${tea} short -2 reship`],
  )
  assert.equal(cases.find(({ productId }) => productId === tea)?.note, `It goes on in ${next.number}`)
  await mustAddUp(office.db)
  const actions = new Set((await office.timeline(id)).data.map(({ action }) => action))
  for (const action of ['consignment.lines_decided', 'consignment.back_ordered', 'consignment.cases_changed'])
    assert.ok(actions.has(action), action)
})

test('the rest of an approved order opens without asking again; once it is more than was approved, it asks', async () => {
  await using office = await openOffice()
  const next = await backOrder(office)
  assert.equal((await office.move(next.id, 'OPEN', { dryRun: true })).status, 200)
  const lineId = next.lines[0]?.id ?? ''
  const change = (quantity: string) =>
    office.consignments[':id'].lines[':lineId'].$patch({ param: { id: next.id, lineId }, json: { quantity } })
  assert.equal((await (await change('1')).json()).approval, 'approved')
  assert.equal((await (await change('2')).json()).approval, 'approved')
  assert.equal((await (await change('3')).json()).approval, 'not_asked')
  assert.equal((await office.move(next.id, 'OPEN')).status, 422)
})

test('two close one order short at the same moment: one does, and there is one back-order', async () => {
  await using office = await openOffice()
  const id = await waitingForRest(office)
  await decide(office, id, {}, 'back_order')
  const answers = await Promise.all([office.move(id, 'CLOSED'), office.move(id, 'CLOSED'), office.move(id, 'CLOSED')])
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 422, 422],
  )
  assert.equal((await office.show(id)).children.length, 1)
  await mustAddUp(office.db)
})

test('nonsense about what is owed is refused with the field, and nothing is decided', async () => {
  await using office = await openOffice()
  const id = await waitingForRest(office)
  const [first, second] = (await office.show(id)).lines
  const put = office.consignments[':id'].decisions.$put
  const elsewhere = '0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11'
  const unknown = [
    { lineId: first?.id ?? '', decision: 'cancel' as const },
    { lineId: elsewhere, decision: 'cancel' as const },
  ]
  assert.match(
    (await refusalOf(await put({ param: { id }, json: { decisions: unknown } }))).detail,
    /decisions\.1\.lineId/,
  )
  const twice = [second, second].map((line) => ({ lineId: line?.id ?? '', decision: 'claim' as const }))
  assert.match(
    (await refusalOf(await put({ param: { id }, json: { decisions: twice } }))).detail,
    /decisions\.1\.lineId: .* twice/,
  )
  assert.ok((await office.show(id)).lines.every(({ decision }) => decision === null))
  await office.walk(id, 'RECEIVING')
  const early = await refusalOf(await put({ param: { id }, json: { decisions: [], others: 'cancel' } }))
  assert.deepEqual([early.status, early.code], [422, 'decision_not_lawful'])
})

test('what a transfer lost on its way stays open whatever is decided, and the rest is sent by another one', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer([
    { productId: tea, quantity: '0.3' },
    { productId: milk, quantity: 2 },
  ])
  await office.walk(id, 'OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING')
  await count(office, id, { [tea]: { good: '0.1' }, [milk]: { good: 1 } })
  await count(office, id, { [tea]: { good: '0.2' } })
  await office.walk(id, 'PARTIAL')
  await decide(office, id, {}, 'back_order')
  await office.walk(id, 'CLOSED')
  const cases = await casesOf(office, id)
  assert.deepEqual(
    cases.map(({ kind, quantity, state }) => [kind, quantity, state]),
    [['lost', '-1', 'open']],
  )
  const { children } = await office.show(id)
  const next = await office.show(children[0]?.id ?? '')
  assert.deepEqual([next.type, next.outletId, next.approval], ['OUTLET_TRANSFER', harbour, 'not_needed'])
  assert.deepEqual(
    next.lines.map(({ productId, quantity }) => [productId, quantity]),
    [[milk, '1']],
  )
  await mustAddUp(office.db)
})

test('an order is closed short from the command line', async () => {
  await using office = await openOffice()
  const id = await waitingForRest(office)
  const { number } = await office.show(id)
  const tried = await office.consign(`consignment decide ${number} --others cancel --dry-run`)
  assert.match(tried.stdout, /TEA 2: cancel/)
  const said = await office.consign(`consignment decide ${number} --lines TEA=back_order --others cancel`)
  assert.match(said.stdout, /TEA 2: back_order\nMILK 5\.5: cancel/)
  assert.equal((await office.consign(`consignment decide ${number} --lines TEA=perhaps`)).exitCode, 2)
  assert.match((await office.consign(`consignment transition ${number} --to CLOSED`)).stdout, /is now CLOSED/)
  const next = (await office.show(id)).children[0]?.number ?? ''
  assert.match((await office.consign(`consignment show ${number}`)).stdout, new RegExp(`Goes on in ${next}`))
  assert.match((await office.consign(`consignment show ${next}`)).stdout, new RegExp(`Goes on from ${number}`))
})

/** Ten teas, six and a half milk and four cups were ordered; eight teas and a milk came. */
async function waitingForRest(office: Office): Promise<string> {
  const id = await orderBeingReceived(office, { [tea]: 10, [milk]: '6.5', [cups]: 4 })
  await count(office, id, { [tea]: { good: 8 }, [milk]: { good: 1 } })
  await office.walk(id, 'PARTIAL')
  return id
}

async function backOrder(office: Office) {
  const id = await waitingForRest(office)
  await decide(office, id, { [tea]: 'back_order' }, 'cancel')
  await office.walk(id, 'CLOSED')
  const { children } = await office.show(id)
  return office.show(children[0]?.id ?? '')
}

async function decide(office: Office, id: string, wish: Readonly<Record<string, LineDecision>>, others: LineDecision) {
  const { lines } = await office.show(id)
  const decisions = lines.flatMap(({ id: lineId, productId }) => {
    const decision = wish[productId]
    return decision === undefined ? [] : [{ lineId, decision }]
  })
  const answer = await office.consignments[':id'].decisions.$put({ param: { id }, json: { decisions, others } })
  assert.equal(answer.status, 200)
  return answer.json()
}
