import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { cups, harbour, hub, milk, openOffice, refusalOf, supplier, tea, type Office } from '#test/office.ts'

const parties = { outletId: hub, supplierId: supplier }

test('an order comes in as a file: by SKU, code or id, with exact quantities and costs, whatever its columns are called', async () => {
  await using office = await openOffice()
  await office.api.api.v1.scan[':code'].$post({ param: { code: 'CASE' }, json: { productId: milk, units: '12' } })
  const rows = ['TEA;"0.3";4.955;6;"L;1"', `${cups};7;;;`, 'CASE;2;"0.33333";;', '']
  const csv = `\uFEFFProduct code;QTY;Unit cost;Pack-size;Supplier Code;Colour\r\n${rows.join('\r\n')}`
  const tried = await bring(office, { ...parties, csv, dryRun: true })
  assert.deepEqual([tried.rows, tried.documents.length, await documents(office)], [3, 1, 0])
  const { documents: made, ignoredColumns } = await bring(office, { ...parties, csv, reference: 'Spring' })
  assert.deepEqual(ignoredColumns, ['Colour'])
  const { lines, totals, reference, approval } = await office.show(made[0]?.id ?? '')
  assert.deepEqual([reference, approval, totals.cost?.amount], ['Spring', 'not_asked', '26.99'])
  assert.deepEqual(
    lines.map(({ productId, quantity, unitCost, packSize, supplierCode }) => [
      productId,
      quantity,
      unitCost?.amount,
      packSize,
      supplierCode,
    ]),
    [
      [tea, '0.3', '4.955', '6', 'L;1'],
      [cups, '7', '2.50', null, 'L-3'],
      [milk, '24', '0.33333', null, null],
    ],
  )
})

test('one file makes as many transfers as it has ways and references, outlets by name or id', async () => {
  await using office = await openOffice()
  const csv = [
    'From,To,SKU,Quantity,Reference',
    `Hub,Harbour,TEA,1,A`,
    `hub,${harbour},MILK,2,A`,
    `Harbour,Hub,TEA,3,A`,
    `Hub,Harbour,TEA,4,B`,
  ].join('\n')
  const { documents: made } = await bring(office, { type: 'OUTLET_TRANSFER', csv })
  assert.deepEqual(
    made.map(({ sourceOutletId, outletId, reference, totals }) => [
      sourceOutletId,
      outletId,
      reference,
      totals.quantity,
    ]),
    [
      [hub, harbour, 'A', '3'],
      [harbour, hub, 'A', '3'],
      [hub, harbour, 'B', '4'],
    ],
  )
})

test('a file with anything wrong makes nothing, and each row and column that is wrong is told at once', async () => {
  await using office = await openOffice()
  const csv = [
    'SKU\tQty\tCost\tOutlet',
    'TEA\t1e3\t-1\t',
    'NOTHING\t2\t1\t',
    '',
    'TEA\t1\t1\tMoon',
    'MILK\t\t\t',
    'HAMPER\t1\t\t',
    'CUPS\t1\t1\t\tmore',
    'CUPS\t1\t1\t',
  ].join('\n')
  const numbers = await wrongIn(office, { ...parties, csv })
  assert.deepEqual(numbers, ['2 Cost', '2 Qty', '6 Qty', '8 '])
  const names = csv.replace('1e3\t-1', '1\t1').replace('MILK\t\t', 'MILK\t5\t').replace('\tmore', '')
  assert.deepEqual(await wrongIn(office, { ...parties, csv: names }), ['3 SKU', '5 Outlet', '7 SKU', '9 SKU'])
  assert.equal(await documents(office), 0)
})

test('a file without columns, with two that say the same, or with a broken quote is refused in words', async () => {
  await using office = await openOffice()
  const told: readonly (readonly [string, RegExp])[] = [
    ['TEA,5', /no column says which product.*no column says how many/],
    ['SKU,Qty,Quantity\nTEA,5,5', /row 1, Quantity: it says the same as Qty/],
    ['SKU,Qty', /there is no row below the columns/],
    ['SKU,Qty\n"TEA,5', /row 2: a quote is opened and never closed/],
    ['SKU,Qty,Due\nTEA,5,2026-02-30', /row 2, Due: give a day/],
    [`SKU,Qty\n${'TEA,1\n'.repeat(5001)}`, /at most 5000 rows/],
  ]
  for (const [csv, words] of told) {
    const refused = await refusalOf(
      await office.post('/api/v1/consignments/imports', { type: 'PURCHASE_ORDER', ...parties, csv }),
    )
    assert.deepEqual([refused.status, refused.code], [422, 'rows_not_valid'])
    assert.match(refused.detail, words)
  }
  const large = { type: 'PURCHASE_ORDER', ...parties, csv: 'x'.repeat(1_000_001) }
  assert.equal((await refusalOf(await office.post('/api/v1/consignments/imports', large))).status, 422)
})

test('five thousand rows come in within one request, and the same key makes no second order', async () => {
  await using office = await openOffice()
  await office.house.database.pool.query(`insert into mirror.product (id, sku, name, supply_price, version, raw)
    select 'bulk-' || n, 'BULK-' || n, 'Bulk ' || n, 1.5, 100 + n, '{}' from generate_series(1, 5000) n`)
  const csv = `sku,qty\n${Array.from({ length: 5000 }, (_, at) => `BULK-${at + 1},${at % 9}`).join('\n')}`
  const send = async () => {
    const answer = await office.consignments.imports.$post(
      { json: { type: 'PURCHASE_ORDER', ...parties, csv } },
      { headers: { 'idempotency-key': 'the-file-of-monday' } },
    )
    assert.equal(answer.status, 201)
    return (await answer.json()).documents[0]
  }
  const [first, again] = [await send(), await send()]
  assert.deepEqual([first?.totals.lines, again?.id, await documents(office)], [5000, first?.id, 1])
})

type Wish = { type?: 'PURCHASE_ORDER' | 'OUTLET_TRANSFER'; csv: string; dryRun?: boolean; reference?: string }

async function bring(office: Office, { type = 'PURCHASE_ORDER', ...wish }: Wish & Partial<typeof parties>) {
  const answer = await office.consignments.imports.$post({ json: { type, ...wish } })
  assert.ok(answer.ok, JSON.stringify(await answer.clone().json()))
  return answer.json()
}

const rowErrors = z.object({ rows: z.array(z.object({ row: z.number(), column: z.string() })) })

async function wrongIn(office: Office, wish: Wish): Promise<string[]> {
  const refused = await refusalOf(
    await office.post('/api/v1/consignments/imports', { type: 'PURCHASE_ORDER', ...wish }),
  )
  assert.deepEqual([refused.status, refused.code], [422, 'rows_not_valid'])
  return rowErrors
    .parse(refused.details)
    .rows.map(({ row, column }) => `${row} ${column}`)
    .toSorted()
}

async function documents({ db }: Office): Promise<number> {
  return (await db.selectFrom('consignment').select('id').execute()).length
}
