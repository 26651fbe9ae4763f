import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { z } from 'zod'
import { harbour } from '#test/office.ts'
import { openPackRoom } from '#test/packing.ts'
import { boxText } from './labels.rules.ts'

const slip = z.looseObject({
  from: z.object({ name: z.string().nullable() }),
  to: z.object({ name: z.string().nullable(), lines: z.array(z.string()) }),
  totals: z.object({ boxes: z.number(), quantity: z.string(), weightGrams: z.number(), guessedWeights: z.number() }),
  boxes: z.array(
    z.looseObject({ number: z.number(), items: z.array(z.looseObject({ sku: z.string(), quantity: z.string() })) }),
  ),
  labels: z.array(
    z.looseObject({
      text: z.string(),
      destination: z.string(),
      address: z.array(z.string()),
      isWeightGuessed: z.boolean(),
    }),
  ),
})

test('the slip says from where to where, what is in each box; each label which box of how many it is', async () => {
  await using room = await openPackRoom()
  await sql`update mirror.outlet set physical_address_1 = '1 Quay St', physical_city = 'Lyttelton', physical_postcode = '8082'
    where id = ${harbour}`.execute(room.db)
  const id = await room.packed()
  const [first, , third] = [await room.box(id), await room.box(id), await room.box(id)]
  await room.put(`${id}/boxes/${first.id}`, [room.teas(4)])
  await room.put(`${id}/boxes/${third.id}`, [room.teas('5.5')])
  await room.ask('PATCH', `${id}/boxes/${third.id}`, { body: { weightGrams: 700 } })
  const read = () => room.told(slip, room.ask('GET', `${id}/packing-slip`))
  const { from, to, totals, boxes, labels } = await read()
  assert.deepEqual([from.name, to.name, to.lines], ['Hub', 'Harbour', ['1 Quay St', 'Lyttelton 8082']])
  assert.deepEqual(totals, { boxes: 3, quantity: '9.5', weightGrams: 1100, guessedWeights: 2 })
  assert.deepEqual(
    boxes.map(({ items }) => items.map(({ sku, quantity }) => `${sku} ${quantity}`)),
    [['TEA 4'], [], ['TEA 5.5']],
  )
  assert.deepEqual(
    labels.map(({ text, destination, isWeightGuessed }) => [text, destination, isWeightGuessed]),
    [
      ['box 1 of 3', 'Harbour', true],
      ['box 2 of 3', 'Harbour', false],
      ['box 3 of 3', 'Harbour', false],
    ],
  )
  await room.ask('DELETE', `${id}/boxes/${(await room.boxes(id)).data[1]?.id}`)
  assert.deepEqual(
    (await read()).labels.map(({ text }) => text),
    ['box 1 of 2', 'box 2 of 2'],
  )
  assert.equal(boxText({ number: 2, of: 5 }), 'box 2 of 5')
})
