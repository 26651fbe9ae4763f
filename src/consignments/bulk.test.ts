import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { hashOf } from '#src/people/sign-in.actions.ts'
import { warningCodes } from '#src/packing/warnings.rules.ts'
import { openOffice } from '#test/office.ts'
import { count, orderBeingReceived } from '#test/receiving-yard.ts'
import { tea } from '#test/office.ts'

test('many are taken a step in one request: each is answered by itself, and a refusal hinders none of the others', async () => {
  await using office = await openOffice()
  const [ready, packed, again] = [await office.transfer(), await office.transfer(), await office.transfer()]
  await office.walk(packed.id, 'OPEN', 'PACKING')
  const ids = [ready.number, packed.id, 'TR-STK-202601-000001-00', again.id, again.id]
  const post = office.consignments.transitions.$post
  const acceptedWarnings = [...warningCodes]
  const tried = await (await post({ json: { ids, to: 'OPEN', acceptedWarnings, dryRun: true } })).json()
  assert.deepEqual([tried.done, tried.refused, (await office.show(ready.id)).status], [3, 1, 'DRAFT'])
  const told = await (await post({ json: { ids, to: 'OPEN', acceptedWarnings } })).json()
  assert.deepEqual(
    told.results.map(({ ref, isDone, status, refusal }) => [ref, isDone, status, refusal?.code]),
    [
      [ready.number, true, 'OPEN', undefined],
      [packed.id, true, 'OPEN', undefined],
      [ids[2], false, null, 'consignment_unknown'],
      [again.id, true, 'OPEN', undefined],
    ],
  )
  const sent = await (await post({ json: { ids: [ready.id, packed.id], to: 'SENT' } })).json()
  assert.deepEqual([sent.done, sent.refused], [0, 2])
  assert.deepEqual(sent.results[0]?.refusal?.code, 'transition_not_lawful')
  assert.equal((await office.timeline(ready.id)).data[0]?.action, 'consignment.refused')
  const open = [await office.show(ready.id), await office.show(packed.id), await office.show(again.id)]
  assert.deepEqual(
    open.map(({ status }) => status),
    ['OPEN', 'OPEN', 'OPEN'],
  )
})

test('who may not do it at one outlet is told so for its documents, and the others are done', async () => {
  await using office = await openOffice()
  const [here, there] = [
    await office.transfer(),
    await office.make({ type: 'STOCKTAKE', outletId: 'outlet-harbour', lines: [] }),
  ]
  const scopes = ['consignments:read', 'consignments:edit'] as const
  const { id } = await office.db
    .insertInto('api_token')
    .values({ name: 'hub', token_hash: hashOf('hub'), scopes: [...scopes] })
    .returning('id')
    .executeTakeFirstOrThrow()
  const json = { actor: `token:${id}`, role: 'store_manager', outletId: 'outlet-hub' }
  await office.api.api.v1['role-grants'].$post({ json })
  const answer = await office.consignments.transitions.$post(
    { json: { ids: [there.id, here.id], to: 'OPEN' } },
    { headers: { authorization: 'Bearer hub' } },
  )
  const { results } = await answer.json()
  assert.deepEqual(
    results.map(({ isDone, refusal }) => [isDone, refusal?.code]),
    [
      [false, 'role_missing'],
      [true, undefined],
    ],
  )
})

test('many deliveries are received in one request, each whole or not at all, and once however often it is sent', async () => {
  await using office = await openOffice()
  const [first, second] = [
    await orderBeingReceived(office, { [tea]: 10 }),
    await orderBeingReceived(office, { [tea]: 4 }),
  ]
  const draft = await office.transfer()
  await count(office, second, { [tea]: { good: 1 } })
  const receipts = [first, second, draft.id].map((consignmentId) => ({
    consignmentId,
    id: randomUUID(),
    asOrdered: true,
    outcome: 'complete' as const,
  }))
  const receive = async () => (await office.consignments.receipts.$post({ json: { receipts } })).json()
  const told = await receive()
  assert.deepEqual(
    told.results.map(({ isDone, status }) => [isDone, status]),
    [
      [true, 'RECEIVED'],
      [true, 'RECEIVED'],
      [false, null],
    ],
  )
  const again = await receive()
  assert.equal(again.done, 2)
  for (const [id, quantity] of [
    [first, '10'],
    [second, '4'],
  ] as const)
    assert.equal((await office.show(id)).lines[0]?.received, quantity)
})
