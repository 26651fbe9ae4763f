import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from '#test/folder.ts'
import { hub, openOffice, supplier, tea } from '#test/office.ts'
import { orderBeingReceived } from '#test/receiving-yard.ts'

test('from the command line: many are moved, by ids or from a file, each told by itself', async () => {
  await using office = await openOffice()
  using folder = openFolder()
  const [one, two] = [await office.transfer(), await office.transfer()]
  const file = join(folder.path, 'these.csv')
  writeFileSync(file, `Number;Reference\r\n${one.number};"a;b"\r\n${two.number};\r\n`)
  const line = ['consignment', 'transition', '--file', file, '--to', 'open']
  const tried = await office.consign([...line, '--dry-run'])
  assert.match(tried.stdout, new RegExp(`✓ ${one.number} would be OPEN\n.*\n2 documents would be done, 0 refused`))
  assert.equal((await office.consign(line)).exitCode, 0)
  const again = await office.consign(`consignment transition --ids ${one.id} --to OPEN`)
  assert.equal(again.exitCode, 3)
  assert.match(again.stdout, /✗ .*: This outlet transfer is OPEN and cannot become OPEN/)
  assert.equal((await office.consign('consignment transition --to OPEN')).exitCode, 2)
})

test('from the command line: what warns is sent by who passes the warning', async () => {
  await using office = await openOffice()
  const { id, number } = await office.transfer([{ productId: tea, quantity: 1 }])
  await office.walk(id, 'OPEN', 'PACKING')
  const refused = await office.consign(`consignment transition ${number} --to PACKAGED`)
  assert.equal(refused.exitCode, 3)
  const [, codes = ''] = /by their codes: ([\w, ]+)/.exec(refused.stderr) ?? []
  const line = ['consignment', 'transition', number, '--to', 'PACKAGED', '--accept', codes]
  assert.match((await office.consign(line)).stdout, /is now PACKAGED/)
})

test('from the command line: several are taken over as ordered, and a file of an order comes in', async () => {
  await using office = await openOffice()
  using folder = openFolder()
  const order = await orderBeingReceived(office, { [tea]: 10 })
  const told = await office.consign(`consignment receive-many --ids ${order}`)
  assert.match(told.stdout, /is RECEIVED\n1 document done, 0 refused/)
  const file = join(folder.path, 'order.csv')
  writeFileSync(file, 'SKU,Qty,Shelf\nTEA,3,A\nCUPS,x,B\n')
  const line = ['consignment', 'import', '--file', file, '--outlet', 'Hub', '--supplier', supplier]
  const refused = await office.consign(line)
  assert.equal(refused.exitCode, 2)
  assert.match(refused.stderr, /Nothing was made: row 3, Qty: give a plain number/)
  writeFileSync(file, 'SKU,Qty,Shelf\nTEA,3,A\nCUPS,2,B\n')
  const made = await office.consign(line)
  assert.match(
    made.stdout,
    /2 rows, 1 drafted:\n.*\nPO-STK-\S+ +PURCHASE_ORDER +DRAFT +not_asked +Leaf & Sons +Hub +2 +19\.85 NZD/,
  )
  assert.match(made.stderr, /The column Shelf means nothing here/)
  const { data } = await (await office.consignments.$get({ query: { outletId: hub, status: 'DRAFT' } })).json()
  assert.equal(data.length, 1)
})
