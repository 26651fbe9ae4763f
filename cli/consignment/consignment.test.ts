import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cups, harbour, hub, milk, openOffice, tea } from '#test/office.ts'

test('from the command line: a transfer is drafted, looked at, tried, moved and cancelled', async () => {
  await using office = await openOffice()
  const made = await office.consign(
    `consignment create outlet_transfer --from ${hub} --outlet ${harbour} --lines ${tea}=2.5,${milk}=3@0.40 --reference Friday`,
  )
  assert.equal(made.exitCode, 0, made.stderr)
  assert.match(
    made.stdout,
    /TEA +Tea +2\.5 +0 +4\.10 NZD +10\.25 NZD\nMILK +Milk +3 +0 +0\.40 NZD +1\.20 NZD\nTotal 11\.45 NZD/,
  )
  const number = /TR-STK-\d{6}-\d{6}-\d\d/.exec(made.stdout)?.[0] ?? ''
  assert.match((await office.consign(`consignment show ${number.toLowerCase()}`)).stdout, /Reference Friday/)
  assert.match(
    (await office.consign('consignment list --status DRAFT')).stdout,
    new RegExp(`${number} +OUTLET_TRANSFER +DRAFT`),
  )

  const tried = await office.consign(`consignment transition ${number} --to open --dry-run`)
  assert.match(tried.stdout, /is DRAFT and may become OPEN \(Open\)\. Nothing was changed/)
  const refused = await office.consign(`consignment transition ${number} --to SENT`)
  assert.equal(refused.exitCode, 3)
  assert.match(refused.stderr, /This outlet transfer is DRAFT and cannot become SENT\. Lawful now: open \(OPEN\)/)
  assert.match((await office.consign(`consignment transition ${number} --to OPEN --version 1`)).stdout, /is now OPEN/)
  assert.equal((await office.consign(`consignment transition ${number} --to PACKING --version 1`)).exitCode, 3)
  assert.match(
    (await office.consign(`consignment validate ${number}`)).stdout,
    /May become DRAFT .*\nNothing is odd about it/,
  )
  const cancelled = await office.consign(['consignment', 'cancel', number, '--reason', 'Nobody wants it'])
  assert.match(cancelled.stdout, /is cancelled/)
  assert.match((await office.consign(`consignment show ${number}`)).stdout, /Nothing more can be done with it/)
})

test('from the command line: what is odd is said, what is wrong is refused, and one id makes one document', async () => {
  await using office = await openOffice()
  const line = `consignment create OUTLET_TRANSFER --from ${hub} --outlet ${harbour} --lines ${tea}=400`
  const first = JSON.parse((await office.consign(`${line} --request mine-1 --json`)).stdout)
  const second = JSON.parse((await office.consign(`${line} --request mine-1 --json`)).stdout)
  assert.equal(first.id, second.id)
  assert.match(
    (await office.consign(`consignment validate ${first.number}`)).stdout,
    /! TEA has 40 at the source, not 400/,
  )
  const wrong: readonly (readonly [string, number, RegExp])[] = [
    [`consignment create GIFT --outlet ${hub}`, 2, /<type>: give one of/],
    ['consignment create STOCKTAKE', 2, /--outlet is missing/],
    [`consignment create STOCKTAKE --outlet ${hub} --lines tea`, 2, /--lines: give/],
    [`consignment create STOCKTAKE --outlet ${hub} --lines ${tea}=1e3`, 2, /lines\.0\.quantity/],
    ['consignment show TR-STK-202611-000123-47', 1, /digit wrong/],
    [`consignment transition ${first.number}`, 2, /--to is missing/],
    [`consignment transition ${first.number} --to ASLEEP`, 2, /--to: give one of/],
  ]
  for (const [typed, exitCode, said] of wrong) {
    const { exitCode: ended, stderr } = await office.consign(typed)
    assert.equal(ended, exitCode, typed)
    assert.match(stderr, said, typed)
  }
})

test('from the command line: an order is submitted, and somebody else answers', async () => {
  await using office = await openOffice()
  const { number, id } = await office.order()
  assert.match((await office.consign(`consignment submit ${number}`)).stdout, /waits for approval/)
  const own = await office.consign(`consignment approve ${number}`)
  assert.equal(own.exitCode, 4)
  assert.match(own.stderr, /somebody else decides/)
  await office.db
    .updateTable('approval_request')
    .set({ asked_by: 'a-buyer' })
    .where('consignment_id', '=', id)
    .execute()
  assert.equal((await office.consign(`consignment reject ${number}`)).exitCode, 2)
  assert.match((await office.consign(`consignment reject ${number} --reason duplicate`)).stdout, /is rejected/)
  assert.equal((await office.consign(`consignment approve ${number}`)).exitCode, 3)
})

test('from the command line: the law of one type, with who may take which step', async () => {
  await using office = await openOffice()
  const { stdout } = await office.consign('consignment rules --type SUPPLIER_RETURN')
  assert.match(stdout, /SENT +complete +RECEIVED +consignments:receive/)
  assert.doesNotMatch(stdout, /OUTLET_TRANSFER/)
  const { types } = JSON.parse((await office.consign('consignment rules --json')).stdout)
  assert.equal(types.length, 4)
})

test('from the command line: outlets go by their names, products by what stands on them, types by short words', async () => {
  await using office = await openOffice()
  const line = (outlet: string, lines: string) =>
    office.consign(['consignment', 'create', 'transfer', '--from', 'hub', '--outlet', outlet, '--lines', lines])
  const made = await line('harb', 'MILK=2')
  assert.equal(made.exitCode, 0, made.stderr)
  assert.match(made.stdout, /From Hub\nOutlet Harbour\n/)
  assert.match((await office.consign('consignment list --type transfer --outlet HARBOUR')).stdout, /Hub +Harbour +1 /)
  await office.db.updateTable('mirror.product').set({ sku: 'CUPS 1/2 %' }).where('id', '=', cups).execute()
  assert.match((await line('harb', 'CUPS 1/2 %=2')).stdout, /CUPS 1\/2 % +Cups +2 /)
  const ambiguous = await line('h', 'MILK=2')
  assert.equal(ambiguous.exitCode, 2)
  assert.match(ambiguous.stderr, /More than one of the outlets is called "h": give one of Harbour, Hub/)
  assert.match((await line('Moon', 'MILK=2')).stderr, /None of the outlets is called "Moon": give one of Harbour, Hub/)
  const unknown = await line('harbour', 'NOBODY=2')
  assert.equal(unknown.exitCode, 2)
  assert.match(unknown.stderr, /NOBODY/)
  assert.match((await office.consign('consignment list --type tea')).stderr, /--type: give one of PURCHASE_ORDER/)
})
