import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milk, tea } from '#test/office.ts'
import { openPackRoom } from '#test/packing.ts'

const lines = [
  { productId: tea, quantity: 10 },
  { productId: milk, quantity: 2 },
]

test('from the command line: a transfer is packed into two boxes, by scan and by key, and each act can be tried', async () => {
  await using room = await openPackRoom()
  const { number, id } = await room.transfer(lines)
  await room.walk(id, 'OPEN')
  const tried = await room.consign(`consignment pack ${number} --dry-run`)
  assert.match(tried.stderr, /Nothing was changed/)
  assert.equal((await room.show(id)).status, 'OPEN')

  const begun = await room.consign(`consignment pack ${number} --items TEA=4`)
  assert.match(begun.stdout, /\(PACKING\)[\s\S]*TEA +Tea +10 +4\nMILK +Milk +2 +0\n[\s\S]*box 1 of 1/)
  const wouldBe = await room.consign(`box add ${number} --label Glass --tare 400 --dry-run`)
  assert.match(wouldBe.stdout, /Would be box 2 of 2/)
  assert.match((await room.consign(`box add ${number} --label Glass --tare 400`)).stdout, /This is box 2 of 2: /)
  await room.consign(`box put ${number} 2 --items TEA=5,MILK --dry-run`)
  assert.deepEqual(await room.packedOf(id), { TEA: '4', MILK: '0' }, 'a try packs nothing')
  const put = await room.consign(`box put ${number} 2 --items TEA=5,MILK,nobody-knows=1`)
  assert.match(put.stdout, /✗ .*nobody-knows/)
  assert.match((await room.consign(`box put ${number} 2 --set TEA=7`)).stdout, /! TEA: 11 packed, 10 planned/)
  assert.match((await room.consign(`box put ${number} 2 --set TEA=6 --dry-run`)).stdout, /TEA +Tea +6/)
  await room.consign(`box put ${number} 2 --set TEA=6`)
  assert.deepEqual(await room.packedOf(id), { TEA: '10', MILK: '1' })
})

test('from the command line: boxes are weighed, closed, opened, labelled and sent', async () => {
  await using room = await openPackRoom()
  const { number, id } = await room.transfer(lines)
  await room.walk(id, 'OPEN')
  await room.consign(`consignment pack ${number} --items TEA=4`)
  await room.consign(`consignment pack ${number} --items TEA=6,MILK --box new`)
  await room.consign(`box edit ${number} 2 --label Glass`)
  assert.match((await room.consign(`box weigh ${number} 2 --grams 7250`)).stdout, /box 2 of 2 weighs 7250 g weighed/)
  assert.match(
    (await room.consign(`box edit ${number} 1 --label Loose`)).stdout,
    /box 1 of 2 "Loose", 400 g, 1 guessed/,
  )
  assert.match((await room.consign(`box list ${number}`)).stdout, /box 2 of 2 +Glass +7 +7250 g weighed/)
  assert.equal((await room.consign(`box list ${number} 3`)).exitCode, 2)
  assert.match((await room.consign(`box weigh ${number} 3 --grams 1`)).stderr, /There is no box 3, of 2 boxes/)

  const odd = await room.consign(`box seal ${number} --dry-run`)
  assert.match(odd.stdout, /may become PACKAGED\. Nothing was changed\.\n! weight_odd: box 2 weighs 7250 g/)
  const refused = await room.consign(`box seal ${number}`)
  assert.equal(refused.exitCode, 3)
  assert.match(refused.stderr, /weight_odd/)
  assert.match((await room.consign(`box seal ${number} --accept weight_odd`)).stdout, /is now PACKAGED/)
  assert.match((await room.consign(`box reopen ${number}`)).stdout, /is now PACKING/)
  const removed = await room.consign(`box remove ${number} 1 --dry-run`)
  assert.match(removed.stdout, /Without box 1 of 2, 1 box would be left/)
  assert.match((await room.consign(`box seal ${number} --accept weight_odd`)).stdout, /is now PACKAGED/)

  const labels = await room.consign(`consignment slip ${number} --labels`)
  assert.match(
    labels.stdout,
    /^HARBOUR\nbox 1 of 2 \(Loose\), about 400 g\nTR-\S+ from Hub\n\nHARBOUR\nbox 2 of 2 \(Glass\)/,
  )
  assert.match(
    (await room.consign(`consignment slip ${number}`)).stdout,
    /From Hub\nTo {3}Harbour[\s\S]*11 pieces in 2 boxes/,
  )
  assert.match((await room.consign(`stock check ${number}`)).stdout, /TEA +10 +40 +40 *\n/)
  assert.match((await room.consign(`consignment send ${number}`)).stdout, /is now SENT/)
  assert.match((await room.consign('stock in-transit')).stdout, /Hub +Harbour +1 +11 +41\.30 NZD +0 +0/)
  const there = await room.consign(`stock availability --outlet outlet-harbour --products ${tea}`)
  assert.match(there.stdout, /TEA +0 +0 +0 +10 +0/)
})

test('from the command line: who packs is told, asked, and answers', async () => {
  await using room = await openPackRoom()
  const ann = await room.packer('ann')
  const id = await room.packed(ann)
  const held = await room.consign(`consignment pack ${id} --items TEA=1`)
  assert.equal(held.exitCode, 3)
  assert.match(held.stderr, /is packing it, until/)
  assert.match((await room.consign(`consignment lock ${id}`)).stdout, /^token:\S+ packs it, until/)
  const tried = await room.consign(`consignment lock ${id} --ask --dry-run`)
  assert.match(tried.stdout, /administrator asks to take over/)
  assert.equal((await room.lockOf(id)).lock?.wantedBy, null)
  await room.consign(`consignment lock ${id} --ask`)
  await room.lock('POST', id, '/answers', { by: ann, body: { agree: true } })
  assert.match((await room.consign(`consignment lock ${id}`)).stdout, /^You pack it/)
  assert.match((await room.consign(`consignment lock ${id} --release`)).stdout, /Nobody packs it/)
  assert.equal((await room.consign(`consignment lock ${id} --take --release`)).exitCode, 2)
})

test('from the command line: what was typed and saved by itself is shown, and thrown away on purpose', async () => {
  await using room = await openPackRoom()
  const id = await room.packed()
  const state = { box: 'Glass', typed: 'TEA 3' }
  assert.equal((await room.ask('PUT', `${id}/packing-draft`, { body: { sequence: 4, state } })).status, 200)
  assert.match((await room.consign(`consignment draft ${id}`)).stdout, /"typed": "TEA 3"/)
  await room.consign(`consignment draft ${id} --forget --dry-run`)
  assert.match((await room.consign(`consignment draft ${id}`)).stdout, /TEA 3/)
  await room.consign(`consignment draft ${id} --forget`)
  assert.match((await room.consign(`consignment draft ${id}`)).stdout, /"draft": null/)
})
