import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milk, openOffice, refusalOf, tea, type Office } from '#test/office.ts'
import { casesOf, count, orderBeingReceived } from '#test/receiving-yard.ts'
import { wantedOf } from '../bridge/wanting.rules.ts'
import type { ReturnReason } from './returnable.rules.ts'

test('what came damaged goes back at what it cost, with its reason and the number of the supplier', async () => {
  await using office = await openOffice()
  const id = await receivedOrder(office)
  const [damaged] = await casesOf(office, id)
  assert.equal(damaged?.kind, 'damaged_in_transit')
  const json = {
    lines: [
      { caseId: damaged?.id ?? '' },
      { lineId: await lineOf(office, id, milk), quantity: '1', reason: 'overstock' as const },
    ],
  }
  const answer = await office.consignments[':id'].returns.$post({ param: { id }, json })
  assert.equal(answer.status, 201)
  const made = await answer.json()
  assert.deepEqual(
    [
      made.type,
      made.status,
      made.parentId,
      made.lines.map((line) => [line.productId, line.quantity, line.unitCost?.amount]),
    ],
    [
      'SUPPLIER_RETURN',
      'DRAFT',
      id,
      [
        [tea, '2', '4.95'],
        [milk, '1', '0.33333'],
      ],
    ],
  )
  const param = { id: made.id }
  const told = await seen(office, made.id)
  assert.deepEqual(
    told.lines.map(({ reason, quarantined }) => [reason, quarantined]),
    [
      ['damaged_in_transit', '2'],
      ['overstock', '0'],
    ],
  )
  assert.deepEqual([told.creditExpected?.amount, told.difference?.amount, told.rma], ['10.23', '-10.23', null])
  const { warnings } = await (await office.consignments[':id'].validation.$get({ param })).json()
  assert.ok(warnings.some(({ code }) => code === 'rma_missing'))
  const numbered = await office.consignments[':id'].return.$patch({ param, json: { rma: 'RMA-1' } })
  assert.equal((await numbered.json()).rma, 'RMA-1')
})

test('a return closes once it is credited, by as many notes as it takes, and settles the case that it came from', async () => {
  await using office = await openOffice()
  const id = await receivedOrder(office)
  const [damaged] = await casesOf(office, id)
  const wish = [
    { caseId: damaged?.id ?? '' },
    { lineId: await lineOf(office, id, milk), quantity: '1', reason: 'overstock' as const },
  ]
  const answer = await office.consignments[':id'].returns.$post({ param: { id }, json: { lines: wish } })
  const made = await answer.json()
  const param = { id: made.id }
  await office.walk(made.id, 'OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVED')
  const early = await refusalOf(await office.move(made.id, 'CLOSED'))
  assert.equal(Object(early.details).hindrance, 'credit_missing')

  const credit = (reference: string, amount: string) =>
    office.consignments[':id'].credit.$put({ param, json: { reference, amount } })
  assert.equal((await credit('CN-1', '10.00')).status, 200)
  const corrected = await (await credit('CN-1', '9.00')).json()
  assert.deepEqual([corrected.credited?.amount, corrected.difference?.amount], ['9.00', '-1.23'])
  const whole = await (await credit('CN-2', '1.23')).json()
  assert.deepEqual([whole.credited?.amount, whole.difference?.amount, whole.credits.length], ['10.23', '0.00', 2])
  await office.walk(made.id, 'CLOSED')
  const [settled] = await casesOf(office, id)
  assert.deepEqual([settled?.outcome, settled?.note], ['credit', `Credited by CN-1, CN-2 (${made.number})`])
})

test('no more goes back than came: not at once, not later, not by changing a line, and not by two at the same moment', async () => {
  await using office = await openOffice()
  const id = await receivedOrder(office)
  const lineId = await lineOf(office, id, tea)
  const give = (quantity: string, reason: ReturnReason = 'faulty') =>
    office.consignments[':id'].returns.$post({ param: { id }, json: { lines: [{ lineId, quantity, reason }] } })
  const refused = await refusalOf(await give('10.00001'))
  assert.deepEqual([refused.status, refused.code], [422, 'consignment_not_valid'])
  assert.match(refused.detail, /lines\.0\.quantity: only 10 of the 10/)
  const answers = await Promise.all([give('6'), give('6'), give('6')])
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 422, 422],
  )
  const first = answers.find(({ status }) => status === 201)
  assert.ok(first)
  const made = await first.json()
  const line = { id: made.id, lineId: made.lines[0]?.id ?? '' }
  const change = (quantity: string) =>
    office.consignments[':id'].lines[':lineId'].$patch({ param: line, json: { quantity } })
  assert.match((await refusalOf(await change('11'))).detail, /quantity: only 10/)
  assert.equal((await change('9.7')).status, 200)
  assert.match((await refusalOf(await give('0.31'))).detail, /only 0\.3 of the 10/)
  assert.equal((await give('0.1')).status, 201)
  assert.equal((await give('0.2')).status, 201)
  assert.match((await refusalOf(await give('0.00001'))).detail, /only 0 of the 10/)
  await office.walk(made.id, 'CANCELLED')
  assert.equal((await give('9.7')).status, 201)
})

test('what never went into stock is told apart, whatever the reason', async () => {
  await using office = await openOffice()
  const id = await receivedOrder(office)
  const lineId = await lineOf(office, id, tea)
  const back = async (quantity: string, reason: ReturnReason) => {
    const answer = await office.consignments[':id'].returns.$post({
      param: { id },
      json: { lines: [{ lineId, quantity, reason }] },
    })
    return (await seen(office, (await answer.json()).id)).lines.map(({ quarantined }) => quarantined)
  }
  assert.deepEqual(await back('1', 'overstock'), ['0'])
  assert.deepEqual(await back('1.5', 'damaged_in_transit'), ['1.5'])
  assert.deepEqual(await back('7', 'recall'), ['0'])
  assert.deepEqual(await back('0.5', 'faulty'), ['0.5'])
})

test('a return without a receipt has reasons of its own, and closes without a credit only when somebody says why', async () => {
  await using office = await openOffice()
  const parties = { outletId: 'outlet-hub', supplierId: 'supplier-leaf' }
  const { id, lines } = await office.make({
    type: 'SUPPLIER_RETURN',
    ...parties,
    lines: [{ productId: tea, quantity: 3 }],
  })
  const param = { id }
  const door = office.consignments[':id']
  const edited = await door.return.$patch({
    param,
    json: { lines: [{ lineId: lines[0]?.id ?? '', reason: 'recall' }] },
  })
  assert.equal((await edited.json()).lines[0]?.reason, 'recall')
  const stranger = { lineId: '0d6ecb6e-5a6e-4a2f-9e39-2f9f0a7c5a11', reason: 'recall' as const }
  assert.match(
    (await refusalOf(await door.return.$patch({ param, json: { lines: [stranger] } }))).detail,
    /lines\.0\.lineId/,
  )
  const tooEarly = await door.credit.$put({ param, json: { amount: '1.00', reference: 'CN' } })
  assert.equal((await refusalOf(tooEarly)).code, 'return_not_lawful')
  await office.walk(id, 'OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVED')
  for (const amount of ['0', '-1', '1.234', '1e3', 'NaN', ''])
    assert.match(
      (await refusalOf(await door.credit.$put({ param, json: { amount, reference: 'CN' } }))).detail,
      /amount/,
    )
  assert.equal((await door['credit-refusal'].$put({ param, json: { reason: 'Sold as seen' } })).status, 200)
  await office.walk(id, 'CLOSED')
  const clerk = await office.hire('clerk', 'consignments:read')
  const hidden = await (await door.return.$get({ param }, { headers: clerk })).json()
  assert.deepEqual([hidden.creditExpected, hidden.credited, hidden.difference], [null, null, null])
  const order = await office.order()
  assert.equal((await refusalOf(await door.return.$get({ param: { id: order.id } }))).code, 'return_not_lawful')
  const draft = await door.returns.$post({
    param: { id: order.id },
    json: { lines: [{ lineId: order.lines[0]?.id ?? '', quantity: 1, reason: 'other' }] },
  })
  assert.equal((await refusalOf(draft)).code, 'return_not_lawful')
})

test('goods go back, and are credited, from the command line', async () => {
  await using office = await openOffice()
  const id = await receivedOrder(office)
  const { number } = await office.show(id)
  const tried = await office.consign(`consignment return ${number} --lines TEA=2:damaged_in_transit --dry-run`)
  assert.match(tried.stdout, /SUPPLIER_RETURN/)
  assert.equal((await office.consign(`consignment return ${number} --lines TEA=20:faulty`)).exitCode, 2)
  const made = await office.consign(`consignment return ${number} --lines TEA=2:damaged_in_transit --rma R-1`)
  const back = /RS-STK-\S+/.exec(made.stdout)?.[0] ?? ''
  assert.match((await office.consign(`consignment credit ${back}`)).stdout, /RMA R-1[\s\S]*Credit expected 9\.90 NZD/)
  await office.walk(back, 'OPEN', 'PACKING', 'PACKAGED', 'SENT')
  const noted = await office.consign(`consignment credit ${back} --amount 9.90 --reference CN-1`)
  assert.match(noted.stdout, /came 9\.90 NZD, difference 0\.00 NZD/)
  assert.match((await office.consign(`consignment credit ${back} --none broke --dry-run`)).stdout, /No credit: broke/)
  assert.equal((await seen(office, back)).noCreditReason, null)
})

test('Lightspeed is told of what leaves its stock, and of nothing that was never in it', () => {
  const document = {
    type: 'SUPPLIER_RETURN' as const,
    status: 'SENT' as const,
    number: 'RS',
    outlet_id: 'here',
    source_outlet_id: null,
    supplier_id: 'leaf',
    note: null,
    due_at: null,
    shipped_at: null,
  }
  const line = { quantity: '3', packed: '3', received: null, damaged: '0', unit_cost: null }
  const want = (...aside: string[]) => {
    const lines = aside.map((quarantined, at) => Object.assign({ product_id: `p${at}`, quarantined }, line))
    const { status, lines: wanted } = wantedOf(document, lines, { token: 'RS', thereStatus: null })
    return [status, ...wanted.map((one) => one.count)]
  }
  assert.deepEqual(want('0', '2', '3'), ['SENT', 300_000n, 100_000n, 0n])
  assert.deepEqual(want('3'), [null, 0n])
})

/** Ten teas came, two of them damaged, and four milk. */
async function receivedOrder(office: Office): Promise<string> {
  const id = await orderBeingReceived(office, { [tea]: 10, [milk]: 4 })
  await count(office, id, { [tea]: { good: 8, damaged_in_transit: 2 }, [milk]: { good: 4 } })
  await office.walk(id, 'RECEIVED')
  return id
}

async function lineOf(office: Office, id: string, productId: string): Promise<string> {
  const line = (await office.show(id)).lines.find((one) => one.productId === productId)
  return line?.id ?? ''
}

async function seen(office: Office, id: string) {
  return (await office.consignments[':id'].return.$get({ param: { id } })).json()
}
