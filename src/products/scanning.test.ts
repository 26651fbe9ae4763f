import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { z } from 'zod'
import { resolveCodes } from './resolving.actions.ts'
import { cups, milk, refusalOf, tea } from '#test/office.ts'
import { openShelf } from '#test/shelf.ts'

test('a scan finds the product by SKU, by each of its codes, and by each form of a number', async () => {
  await using shelf = await openShelf()
  assert.equal(await shelf.meant('tea'), `1 ${tea} sku`)
  for (const code of ['042100005264', '0042100005264', '00042100005264', '04252614', ']E004252614'])
    assert.equal(await shelf.meant(code), `1 ${tea} code`, code)
  for (const code of ['9421902960123', ']C10109421902960123', '(01)09421902960123(10)LOT7'])
    assert.equal(await shelf.meant(code), `1 ${milk} code`, code)
  assert.equal(await shelf.meant(']d2010942190296012310LOT7\u001D17261231'), `1 ${milk} code`)
  assert.equal(await shelf.meant('0209421902960123172612313724'), `24 ${milk} code`)
})

test('a code of two products asks which, and one that nobody knows says what was read', async () => {
  await using shelf = await openShelf()
  const both = await refusalOf(await shelf.scan('Both'))
  assert.equal(both.status, 409)
  assert.equal(both.code, 'code_ambiguous')
  assert.deepEqual(z.object({ candidates: z.array(z.string()) }).parse(both.details).candidates, [cups, milk])
  await sql`update mirror.product set is_active = false where id = ${cups}`.execute(shelf.db)
  assert.equal(await shelf.meant('Both'), `1 ${milk} code`)

  const unknown = await refusalOf(await shelf.scan('(01)06291041500213(10)A'))
  assert.deepEqual([unknown.status, unknown.code], [404, 'code_unknown'])
  const { read } = z
    .object({ read: z.object({ gtin: z.string(), elements: z.array(z.unknown()) }) })
    .parse(unknown.details)
  assert.deepEqual([read.gtin, read.elements.length], ['06291041500213', 2])
  assert.match((await refusalOf(await shelf.scan('9421902960124'))).detail, /check digit does not fit/)
  assert.match((await refusalOf(await shelf.scan(']C100094210000000000011'))).detail, /pallet or carton/)
})

test('a case is taught once, with how many are in it, and then counts as so many', async () => {
  await using shelf = await openShelf()
  const [milkCase, label] = ['19421902960120', '(02)19421902960120(37)4']
  const unknown = await refusalOf(await shelf.scan(milkCase))
  assert.match(unknown.detail, /is a case: teach how many/)
  assert.deepEqual(z.object({ inside: z.array(z.string()) }).parse(unknown.details).inside, [milk])

  assert.equal((await shelf.teach(milkCase, milk, '12')).status, 201)
  assert.equal((await shelf.teach(milkCase, milk, '12')).status, 200)
  assert.equal(await shelf.meant(milkCase), `12 ${milk} taught`)
  assert.equal(await shelf.meant(label), `48 ${milk} taught`)
  const entries = await shelf.db.selectFrom('audit').select('action').where('action', 'like', 'code.%').execute()
  assert.deepEqual(entries, [{ action: 'code.taught' }])

  const forget = () => shelf.api.api.v1.scan[':code'].$delete({ param: { code: milkCase }, query: {} })
  assert.equal((await forget()).status, 200)
  assert.equal((await refusalOf(await forget())).code, 'code_not_taught')
  assert.equal((await shelf.scan(milkCase)).status, 404)
})

test('an unknown code is taught on the spot; what is Lightspeed’s, or no article, is not', async () => {
  await using shelf = await openShelf()
  assert.equal((await shelf.teach('MARKET-TEA', tea, '1')).status, 201)
  assert.equal(await shelf.meant('market-tea'), `1 ${tea} taught`)
  assert.equal((await shelf.teach('both', milk, '6')).status, 201)
  assert.equal(await shelf.meant('BOTH'), `6 ${milk} taught`)

  assert.equal((await refusalOf(await shelf.teach('9421902960123', tea, '1'))).code, 'code_taken')
  assert.equal((await refusalOf(await shelf.teach(']C100094210000000000011', tea, '1'))).code, 'code_not_teachable')
  assert.equal((await refusalOf(await shelf.teach('NEW', 'product-nowhere', '1'))).code, 'product_unknown')
  for (const units of ['0', '-1', '1e3', 'NaN', '1000000'])
    assert.match((await refusalOf(await shelf.teach('NEW', tea, units))).detail, /units/, units)
  const reader = await shelf.hire('a-reader', 'products:read')
  assert.equal((await refusalOf(await shelf.teach('NEW', tea, '1', reader))).status, 403)
})

test('two who teach one code at once are both heard, and the later one is right', async () => {
  await using shelf = await openShelf()
  const answers = await Promise.all([shelf.teach('NEW', tea, '1'), shelf.teach('NEW', milk, '6')])
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((one, other) => one - other),
    [200, 201],
  )
  const told = await shelf.db
    .selectFrom('audit')
    .select('after')
    .where('action', '=', 'code.taught')
    .orderBy('id')
    .execute()
  assert.equal(told.length, 2)
  const last = z.object({ productId: z.string(), units: z.string() }).parse(told.at(-1)?.after)
  assert.equal(await shelf.meant('new'), `${last.units} ${last.productId} taught`)
})

test('a label that counts more than a million is not believed', async () => {
  await using shelf = await openShelf()
  assert.equal((await refusalOf(await shelf.scan('(02)09421902960123(37)99999999'))).code, 'units_too_many')
  assert.match((await refusalOf(await shelf.scan('(02)09421902960123(37)0'))).detail, /one or more/)
})

test('from the command line: search, and ask what a code is', async () => {
  await using shelf = await openShelf()
  const mlik = await shelf.consign('product search mlik')
  assert.match(mlik.stdout + mlik.stderr, /MILK +Milk/)
  assert.match((await shelf.consign('product search nothing-like-it')).stdout, /There is no product like/)
  assert.match((await shelf.consign(['product', 'scan', '(02)09421902960123(37)24'])).stdout, /^24 × MILK {2}Milk/)
  const unknown = await shelf.consign('product scan 4006381333931')
  assert.equal(unknown.exitCode, 1)
  assert.match(unknown.stderr, /No product has the code/)
})

test('the scans of a whole delivery are resolved at once, each for itself', async () => {
  await using shelf = await openShelf()
  await shelf.teach('19421902960120', milk, '12')
  const codes = ['tea', '19421902960120', 'Both', 'nobody-knows', '42100005264', 'tea', '(01)09421902960123(10)LOT7']
  const meant = await resolveCodes(shelf.db, codes)
  const said = [...meant].map(([code, one]) => [
    code,
    one.kind === 'product' ? `${one.units} ${one.productId}` : one.kind,
  ])
  assert.deepEqual(said, [
    ['tea', `1 ${tea}`],
    ['19421902960120', `12 ${milk}`],
    ['Both', 'ambiguous'],
    ['nobody-knows', 'unknown'],
    ['42100005264', 'unknown'],
    ['(01)09421902960123(10)LOT7', `1 ${milk}`],
  ])
  const many = Array.from({ length: 300 }, (_, at) => (at % 2 === 0 ? '9421902960123' : `nothing-${at}`))
  assert.equal((await resolveCodes(shelf.db, many)).size, 151)
  assert.equal((await resolveCodes(shelf.db, [])).size, 0)
})

test('from the command line: a carton is unknown, tried, taught with what is in it, scanned and forgotten', async () => {
  await using shelf = await openShelf()
  const carton = '19421902960120'
  const say = async (line: string, exitCode = 0) => {
    const printed = await shelf.consign(line)
    assert.equal(printed.exitCode, exitCode, `${line}: ${printed.stderr}`)
    return printed.stdout + printed.stderr
  }
  assert.match(await say(`product scan ${carton}`, 1), /is a case: teach how many are in it/)
  assert.match(await say(`product teach ${carton} MILK --units 12 --dry-run`), /Would be so: .* is 12 × MILK/)
  assert.match(await say(`product scan ${carton}`, 1), /is a case/)
  assert.match(await say(`product teach ${carton} 9421902960123 --units 12`), /is 12 × 9421902960123/)
  assert.match(await say(`product scan ${carton}`), /^12 × MILK/)
  assert.match(await say(`product forget ${carton} --dry-run`), /Would be so/)
  assert.match(await say(`product forget ${carton}`), /no longer 12 ×/)
  assert.match(await say(`product forget ${carton}`, 1), /Nobody taught/)
})
