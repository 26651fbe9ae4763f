import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { z } from 'zod'
import { harbour, hub, milk, openOffice, refusalOf, tea, type Office } from '#test/office.ts'
import { adminToken } from '#test/shop.ts'
import { grantedOf } from './answering.rules.ts'

const toldRequest = z.looseObject({
  state: z.string().optional(),
  status: z.union([z.string(), z.number()]),
  reason: z.string().nullish(),
  lines: z.array(z.looseObject({ agreed: z.string().nullable(), reason: z.string().nullable() })).default([]),
})

const lines = [
  { productId: tea, quantity: 10 },
  { productId: milk, quantity: 8 },
]

test('a store asks another one for goods, beside what there is; that one agrees to a part, with the reason, and it is open', async () => {
  await using office = await openOffice()
  const { store, source } = await people(office)
  const { id, number } = await office.transfer(lines)
  const tried = await ask(office, id, { dryRun: true }, store)
  assert.deepEqual((await tried.json()).state, 'waiting')
  assert.deepEqual(await waiting(office, source), [])
  const asked = await (await ask(office, id, { note: 'For Saturday' }, store)).json()
  assert.deepEqual(
    asked.lines.map(({ sku, asked: wanted, onHand, available, short }) => [sku, wanted, onHand, available, short]),
    [
      ['TEA', '10', '40', '40', '0'],
      ['MILK', '8', '5', '5', '3'],
    ],
  )
  assert.equal((await (await ask(office, id, {}, store)).json()).id, asked.id, 'asked twice it is one request')
  assert.deepEqual(await waiting(office, source), [number])

  const [first, second] = asked.lines
  const own = await refusalOf(await answer(office, id, { answer: 'agree' }, store))
  assert.deepEqual([own.status, own.code], [403, 'role_missing'], 'who asks does not answer')
  const given = [{ lineId: second?.lineId ?? '', quantity: '4', reason: 'We sell it too' }]
  const told = await (
    await answer(office, id, { answer: 'agree', lines: given, reason: 'As much as we can' }, source)
  ).json()
  assert.deepEqual(
    [told.state, told.status, told.reason, told.lines.map(({ agreed, reason }) => [agreed, reason])],
    [
      'partly',
      'OPEN',
      'As much as we can',
      [
        ['10', null],
        ['4', 'We sell it too'],
      ],
    ],
  )
  const open = await office.show(id)
  assert.deepEqual([open.status, open.lines.map(({ quantity }) => quantity)], ['OPEN', ['10', '4']])
  assert.equal(first?.asked, '10')
  assert.deepEqual(await waiting(office, source), [])
  const late = await refusalOf(await answer(office, id, { answer: 'agree' }, source))
  assert.deepEqual([late.status, late.code], [422, 'request_not_lawful'])
  assert.match(late.detail, /answered already: partly/)
  const actions = new Set((await office.timeline(id)).data.map(({ action }) => action))
  for (const action of ['transfer.asked', 'transfer.answered', 'consignment.transitioned'])
    assert.ok(actions.has(action))
})

test('refused with a reason it stays a draft, which is asked of another outlet; while it waits nobody changes it', async () => {
  await using office = await openOffice()
  const { store, source } = await people(office)
  const { id, lines: drafted } = await office.transfer(lines)
  await ask(office, id, {}, store)
  const lineId = drafted[0]?.id ?? ''
  const change = () =>
    office.consignments[':id'].lines[':lineId'].$patch(
      { param: { id, lineId }, json: { quantity: 20 } },
      { headers: store },
    )
  assert.equal((await refusalOf(await change())).code, 'request_waiting')
  const parties = { param: { id }, json: { note: 'x' } }
  assert.equal(
    (await refusalOf(await office.consignments[':id'].$patch(parties, { headers: store }))).code,
    'request_waiting',
  )
  assert.equal((await refusalOf(await answer(office, id, { answer: 'refuse' }, source))).code, 'body_not_valid')
  const refused = await (await answer(office, id, { answer: 'refuse', reason: 'We need it ourselves' }, source)).json()
  assert.deepEqual([refused.state, refused.status, refused.reason], ['refused', 'DRAFT', 'We need it ourselves'])
  assert.equal((await change()).status, 200)
  await ask(office, id, {}, store)
  const taken = await office.consignments[':id'].request.$delete({ param: { id }, query: {} }, { headers: store })
  assert.equal((await taken.json()).state, 'withdrawn')
})

test('who has the goods pushes them without being asked; nobody else opens a transfer from his shelf', async () => {
  await using office = await openOffice()
  const { store, source } = await people(office)
  const { id } = await office.transfer(lines)
  const taken = await refusalOf(await office.move(id, 'OPEN', {}, store))
  assert.deepEqual([taken.status, taken.code], [403, 'role_missing'])
  assert.equal((await office.move(id, 'OPEN', {}, source)).status, 200)
  const late = await refusalOf(await ask(office, id, {}, store))
  assert.match(late.detail, /is open \(OPEN\) already/)
  const asked = await office.transfer(lines)
  await ask(office, asked.id, {}, store)
  assert.equal((await office.move(asked.id, 'OPEN', {}, source)).status, 200)
  const { state, lines: agreed } = await (
    await office.consignments[':id'].request.$get({ param: { id: asked.id } })
  ).json()
  assert.deepEqual([state, agreed.map((line) => line.agreed)], ['agreed', ['10', '8']], 'opened is agreed to')
  const third = await office.transfer(lines)
  await ask(office, third.id, {}, store)
  await office.walk(third.id, 'CANCELLED')
  const gone = await (await office.consignments[':id'].request.$get({ param: { id: third.id } })).json()
  assert.equal(gone.state, 'withdrawn')
  const order = await office.order()
  assert.equal((await refusalOf(await ask(office, order.id, {}))).code, 'request_not_lawful')
})

test('of two answers at the same moment one counts; more than was asked for, or nothing at all, is no answer', async () => {
  await using office = await openOffice()
  const { id } = await office.transfer(lines)
  const { lines: asked } = await (await ask(office, id, {})).json()
  const [first, second] = asked.map(({ lineId }) => lineId)
  for (const [quantity, said] of [
    ['10.1', /lines\.0\.quantity: no more than the 10/],
    ['-1', /lines\.0\.quantity/],
    ['NaN', /lines\.0\.quantity/],
  ] as const) {
    const refused = await refusalOf(
      await answer(office, id, { answer: 'agree', lines: [{ lineId: first ?? '', quantity }] }),
    )
    assert.match(refused.detail, said)
  }
  const none = [first, second].map((lineId) => ({ lineId: lineId ?? '', quantity: 0 }))
  assert.match((await refusalOf(await answer(office, id, { answer: 'agree', lines: none }))).detail, /refuse it/)
  const answers = await Promise.all([
    answer(office, id, { answer: 'agree' }),
    answer(office, id, { answer: 'refuse', reason: 'No' }),
  ])
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 422],
  )
})

test('a transfer that somebody has to approve is opened by that, once the outlet that has the goods has agreed', async () => {
  await using office = await openOffice()
  const rules = office.api.api.v1['approval-rules']
  const { tiers } = await (await rules.$get()).json()
  for (const { id: tier } of tiers.filter(({ type }) => type === 'OUTLET_TRANSFER'))
    await rules[':kind'][':id'].$patch({ param: { kind: 'tiers', id: tier }, json: { isOn: true } })
  await rules.$patch({ json: { ownAllowed: true } })
  const { source } = await people(office)
  const { id } = await office.transfer([{ productId: tea, quantity: 1000, unitCost: '4.00' }])
  const decide = (decision: 'submit' | 'approve') =>
    office.consignments[':id'].approval.$post({ param: { id }, json: { decision } })
  await ask(office, id, {})
  assert.equal((await decide('submit')).status, 200)
  assert.equal((await refusalOf(await decide('approve'))).code, 'request_waiting')
  const told = await (await answer(office, id, { answer: 'agree' }, source)).json()
  assert.deepEqual([told.state, told.status], ['agreed', 'DRAFT'])
  assert.equal((await decide('approve')).status, 200)
  assert.equal((await office.show(id)).status, 'OPEN')
})

test('from the command line: asked, looked at, answered', async () => {
  await using office = await openOffice()
  const { number } = await office.transfer(lines)
  assert.match((await office.consign(`transfer ask ${number} --dry-run`)).stderr, /Nothing was asked/)
  assert.match((await office.consign(`transfer ask ${number} --note Saturday`)).stdout, /waiting[\s\S]*MILK +8 +5 +5/)
  assert.match((await office.consign('transfer list --of Hub')).stdout, new RegExp(`${number} .* 18 .* waiting`))
  assert.equal((await office.consign(`transfer answer ${number} --refuse`)).exitCode, 2)
  assert.match((await office.consign(`transfer answer ${number} --agree --lines MILK=5 --dry-run`)).stdout, /partly/)
  assert.match((await office.consign(`transfer show ${number}`)).stdout, /\(DRAFT\): waiting/)
  assert.match((await office.consign(`transfer withdraw ${number}`)).stdout, /withdrawn/)
  await office.consign(`transfer ask ${number}`)
  assert.match((await office.consign(`transfer answer ${number} --agree --lines MILK=5`)).stdout, /\(OPEN\): partly/)
  assert.match((await office.consign('transfer list --answered')).stdout, /partly/)
})

test('whatever is given of whatever was asked: never more than that, and what is not named is given wholly', () => {
  const amount = fc.integer({ min: 0, max: 5_000_000 }).map((units) => (units / 1000).toString())
  const wanted = fc.uniqueArray(
    fc.record({
      lineId: fc.constantFrom('a', 'b', 'c', 'd'),
      asked: amount,
      given: fc.option(amount, { nil: undefined }),
    }),
    { selector: ({ lineId }) => lineId, minLength: 1 },
  )
  fc.assert(
    fc.property(wanted, (all) => {
      const given = all.flatMap(({ lineId, given: quantity }) => (quantity === undefined ? [] : [{ lineId, quantity }]))
      const granted = grantedOf(all, given)
      const isTooMuch = all.some(
        ({ asked, given: quantity }) => quantity !== undefined && Number(quantity) > Number(asked),
      )
      assert.equal('wrong' in granted, isTooMuch)
      if ('wrong' in granted) return
      for (const [at, { asked, given: quantity }] of all.entries())
        assert.equal(Number(granted.lines[at]?.quantity), Number(quantity ?? asked))
    }),
    { seed: 7, numRuns: 100 },
  )
})

/** One at the store that asks, one at the outlet that has the goods. */
async function people(office: Office) {
  const rights = ['consignments:read', 'consignments:edit', 'consignments:cancel'] as const
  const [store, source] = [await office.hire('store', ...rights), await office.hire('source', ...rights)]
  const roles = office.api.api.v1['role-grants']
  const { data } = await (await office.api.api.v1.tokens.$get({ query: {} })).json()
  for (const [name, outletId] of [
    ['store', harbour],
    ['source', hub],
  ] as const) {
    const id = data.find((token) => token.name === name)?.id
    const given = await roles.$post({ json: { actor: `token:${id}`, role: 'store_manager', outletId } })
    assert.ok(given.ok)
  }
  return { store, source }
}

function ask({ consignments }: Office, id: string, json: { note?: string; dryRun?: boolean }, headers = {}) {
  return consignments[':id'].request.$post({ param: { id }, json }, { headers })
}

type Answer = {
  answer: 'agree' | 'refuse'
  reason?: string
  lines?: { lineId: string; quantity: string | number; reason?: string }[]
}

async function answer(office: Office, id: string, wish: Answer, headers?: Record<string, string>) {
  const sent = await office.app.request(`/api/v1/consignments/${id}/request/answer`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(wish),
  })
  return { status: sent.status, json: async () => toldRequest.parse(await sent.json()) }
}

async function waiting({ api }: Office, headers: Record<string, string>) {
  const { data } = await (await api.api.v1['transfer-requests'].$get({ query: { of: hub } }, { headers })).json()
  return data.map(({ number }) => number)
}
