import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cups, hub, openOffice, refusalOf, tea, type Office } from '#test/office.ts'

test('a transfer is asked about only while its tiers are on, and only above the lowest limit', async () => {
  await using office = await openOffice()
  const dear = () => office.transfer([{ productId: tea, quantity: 1000, unitCost: '4.00' }])
  const free = await dear()
  assert.equal(free.approval, 'not_needed')
  await switchOn(office, 'OUTLET_TRANSFER')
  const small = await office.transfer()
  assert.equal(small.approval, 'not_needed')
  await office.walk(small.id, 'OPEN')
  const asked = await dear()
  assert.equal(asked.approval, 'not_asked')
  for (const { id } of [free, asked]) {
    const refused = await refusalOf(await office.move(id, 'OPEN'))
    assert.equal(Object(refused.details).hindrance, 'approval_missing')
  }
  await decide(office, asked.id, 'submit')
  const manager = await office.hire('manager', 'consignments:read', 'consignments:approve')
  assert.equal((await decide(office, asked.id, 'approve', manager)).status, 403)
  await office.api.api.v1['approval-rules'].$patch({ json: { ownAllowed: true } })
  assert.equal((await decide(office, asked.id, 'approve')).status, 200)
  assert.equal((await office.show(asked.id)).status, 'OPEN')
})

test('a transfer that was free and is amended over the limit goes back and asks; one that shrinks need not', async () => {
  await using office = await openOffice()
  await switchOn(office, 'OUTLET_TRANSFER')
  const { id, lines } = await office.transfer([{ productId: tea, quantity: 10, unitCost: '4.00' }])
  await office.walk(id, 'OPEN')
  const param = { id, lineId: lines[0]?.id ?? '' }
  const amend = (quantity: number) =>
    office.consignments[':id'].lines[':lineId'].$patch({ param, json: { quantity, reason: 'More' } })
  await amend(500)
  assert.equal((await office.show(id)).status, 'OPEN')
  await amend(501)
  const back = await office.show(id)
  assert.deepEqual([back.status, back.approval], ['DRAFT', 'pending'])
})

test('what was changed after approval reads line by line, with why and what it came to', async () => {
  await using office = await openOffice()
  const { id, lines } = await office.order([{ productId: tea, quantity: 5, unitCost: '4.95' }])
  await office.api.api.v1['approval-rules'].$patch({ json: { ownAllowed: true } })
  await decide(office, id, 'submit')
  await decide(office, id, 'approve')
  await office.walk(id, 'SENT')
  const one = office.consignments[':id']
  const param = { id, lineId: lines[0]?.id ?? '' }
  await one.lines[':lineId'].$patch({ param, json: { quantity: 8, unitCost: '5.10', reason: 'The price went up' } })
  await one.lines.$post({
    param: { id },
    json: { lines: [{ productId: cups, quantity: 2, unitCost: '1.00' }], reason: 'Cups too' },
  })
  const { data } = await (await one.revisions.$get({ param: { id } })).json()
  assert.deepEqual(
    data.map(({ number, changes, reason, totalBefore, totalAfter, isForSupplier }) => [
      number,
      changes,
      reason,
      totalBefore?.amount,
      totalAfter?.amount,
      isForSupplier,
    ]),
    [
      [2, ['2 × CUPS added'], 'Cups too', '40.80', '42.80', true],
      [1, ['5 × TEA → 8 ×', 'TEA: unit cost 4.95 → 5.1'], 'The price went up', '24.75', '40.80', true],
    ],
  )
})

test('documents are found by product, by how number or reference begin, and by the day they are due', async () => {
  await using office = await openOffice()
  const { id, number } = await office.make({
    type: 'STOCKTAKE',
    outletId: hub,
    reference: 'Autumn count',
    dueAt: '2027-03-01T00:00:00Z',
    lines: [{ productId: cups, quantity: 0 }],
  })
  await office.transfer()
  const found = async (query: Record<string, string>) =>
    (await (await office.consignments.$get({ query })).json()).data.map((one) => one.id)
  for (const query of [
    { productId: cups },
    { q: number.slice(0, 12) },
    { q: number.toLowerCase().slice(0, 12) },
    { q: 'autumn' },
    { dueSince: '2027-02-28', dueUntil: '2027-03-02' },
  ])
    assert.deepEqual(await found(query), [id], JSON.stringify(query))
  assert.deepEqual(await found({ q: 'x%' }), [])
})

async function switchOn({ api }: Office, type: string) {
  const rules = api.api.v1['approval-rules']
  const { tiers } = await (await rules.$get()).json()
  for (const { id } of tiers.filter((tier) => tier.type === type))
    assert.equal(
      (await rules[':kind'][':id'].$patch({ param: { kind: 'tiers', id }, json: { isOn: true } })).status,
      200,
    )
}

function decide(office: Office, id: string, decision: 'submit' | 'approve', headers = {}) {
  return office.consignments[':id'].approval.$post({ param: { id }, json: { decision } }, { headers })
}
