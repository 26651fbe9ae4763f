import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop, type ShopOptions } from '#test/shop.ts'
import { typeCommand } from '#test/terminal.ts'
import { Interrupted } from './exit.ts'

/** A shop, and a terminal on which its command line can be typed. */
async function openShopWithTerminal(options: ShopOptions = {}) {
  const shop = await openShop(options)
  const { api } = shop
  const consign = (line: string, machine: { interrupted?: AbortSignal; columns?: number } = {}) =>
    typeCommand(line, { api, ...machine })
  const json = async (line: string) => JSON.parse((await consign(`${line} --json`)).stdout)
  return { ...shop, consign, json }
}

test('the products are read, then looked at, from the command line', async () => {
  await using shop = await openShopWithTerminal()
  const synced = await shop.consign('sync:products')
  assert.equal(synced.exitCode, 0)
  assert.match(synced.stderr, /^products {2}60 read, 60 new in/m)
  assert.match(synced.stdout, /^products +60 +60 +0 +0 +0 +\d/m)

  const { entities } = await shop.json('audit sync-status')
  const products = entities.find((one: { entity: string }) => one.entity === 'products')
  assert.deepEqual([products.rows, products.rejected, products.lastRun.state], [60, 0, 'done'])
  assert.match((await shop.consign('audit:sync-status', { columns: 80 })).stdout, /products.* 60 .*done/)

  const page = await shop.json('mirror list products --limit 2')
  assert.equal(page.data.length, 2)
  const next = await shop.json(`mirror list products --limit 2 --after ${page.next}`)
  assert.notEqual(next.data[0].id, page.data[0].id)
  const [{ id, name }] = page.data
  assert.ok((await shop.consign(`mirror show products ${id}`)).stdout.includes(name))
  assert.equal((await shop.json(`mirror show products ${id}`)).id, id)
  const listed = await shop.consign('mirror list products --limit 2 --columns=id,name')
  assert.match(listed.stdout, /^id +name\n[\s\S]*consign mirror list products --after \S+\n$/)
  assert.equal((await shop.consign('mirror show products nobody')).exitCode, 1)
})

test('with --json a sync says one JSON value, and all else aside', async () => {
  await using shop = await openShopWithTerminal()
  const { exitCode, stdout, stderr } = await shop.consign('sync all --entity=outlets,taxes --json')
  assert.equal(exitCode, 0)
  const run = JSON.parse(stdout)
  assert.deepEqual(run.entities.map((part: { entity: string }) => part.entity).toSorted(), ['outlets', 'taxes'])
  assert.match(stderr, /outlets/)
  const again = await shop.json('sync outlets --full --limit 1')
  assert.deepEqual([again.full, again.limit], [true, 1])
})

test('a wrong word is refused before anything is done, with the right one where it can be told', async () => {
  await using shop = await openShopWithTerminal()
  const told: [string, RegExp][] = [
    ['sync prodcts', /no entity "prodcts". Did you mean "products"\? There are: brands, categories/],
    ['sync all --entity=sales,taxs', /no entity "taxs". Did you mean "taxes"\?/],
    ['mirror list sale-line-item', /Did you mean "sale-line-items"\?/],
    ['audit rejected banana', /no entity "banana". There are: /],
    ['util cursor --entity brnads', /Did you mean "brands"\?/],
    ['mirror list products --after x', /after: give the `next`/],
    ['sync', /<entity> is missing: all, or one: products/],
    ['sync products sales', /"sales" is one word too many/],
    ['sync products --entity=sales', /--entity chooses among all/],
    ['sync all --full --since 2026-11-01', /--full reads everything: leave --since away/],
    ['sync all --since yesterday', /--since: give a date such as 2026-11-01/],
    ['util cursor --reset', /--reset needs --entity/],
    ['sync follow 12', /<run>: give the id of a sync/],
  ]
  for (const [line, message] of told) {
    const { exitCode, stdout, stderr } = await shop.consign(line)
    assert.equal(exitCode, 2, line)
    assert.equal(stdout, '')
    assert.match(stderr, message)
  }
  const asJson = await shop.consign('sync prodcts --json')
  assert.equal(JSON.parse(asJson.stdout).error.code, 'wrong_use')
  assert.ok((await shop.json('audit sync-status')).entities.every((one: { lastRun: unknown }) => one.lastRun === null))
})

test('a record that cannot be stored is shown with its reason, and the others are there', async () => {
  await using shop = await openShopWithTerminal()
  shop.sim.trouble({ kind: 'bad_record', path: '/api/2.0/products', times: 1 })
  shop.sim.trouble({ kind: 'unknown_field', path: '/api/2.0/brands', field: 'mascot' })
  const { exitCode, stdout } = await shop.consign('sync all --entity=products,brands')
  assert.equal(exitCode, 0)
  assert.match(stdout, /1 record set aside: consign audit rejected products/)
  const { data } = await shop.json('audit rejected products')
  assert.ok((await shop.consign('audit rejected products')).stdout.includes(data[0].reason))
  assert.match((await shop.consign('audit rejected brands')).stdout, /No record of brands stands aside/)
  assert.match((await shop.consign('audit drift')).stdout, /brands +mascot/)
})

test('how far an entity was read can be seen, and forgotten on purpose', async () => {
  await using shop = await openShopWithTerminal()
  await shop.consign('sync brands')
  const cursor = async () => (await shop.json('util cursor --entity brands')).cursors[0].cursor
  const before = await cursor()
  assert.ok(before > 0)
  assert.match((await shop.consign('util cursor --entity brands --reset --dry-run')).stdout, /Would be forgotten/)
  assert.equal(await cursor(), before)
  assert.match((await shop.consign('util cursor --entity brands --reset')).stdout, /Forgotten/)
  assert.equal(await cursor(), 0)
})

test('the parts are well, and each says what it is', async () => {
  await using shop = await openShopWithTerminal()
  assert.match((await shop.consign('test connection')).stdout, /✓ Reached http:\/\/127\.0\.0\.1:\d+ in \d+ ms/)
  assert.match((await shop.consign('test auth')).stdout, /✓ Signed in to .* as .*, with \d+ outlets/)
  assert.match((await shop.consign('health api --verbose')).stdout, /No server runs; .*\n {2}Consign \d/)
  const well = await shop.consign('health check')
  assert.equal(well.exitCode, 0)
  for (const part of ['database', 'disk', 'lightspeed', 'breaker', 'calls', 'mirror', 'queue', 'schedules', 'webhooks'])
    assert.match(well.stdout, new RegExp(`^✓ ${part}$`, 'm'))
  assert.match(well.stdout, /^! workers +no worker runs, and 0 jobs wait\n +What helps: Start `consign worker`/m)
  assert.match(well.stdout, /^The whole is amber: no worker runs; what is risky goes one by one\.$/m)
  assert.match((await shop.consign('health check --verbose')).stdout, /✓ database {4}PostgreSQL \d+/)
  assert.match((await shop.consign('health:database --verbose')).stdout, /✓ database {2}PostgreSQL/)
})

test('a wrong token is told apart from a Lightspeed that is away', async () => {
  await using locked = await openShopWithTerminal({ env: { LIGHTSPEED_TOKEN: 'not-the-right-one' } })
  for (const line of ['test auth', 'test connection', 'sync outlets']) {
    const { exitCode, stdout, stderr } = await locked.consign(line)
    assert.equal(exitCode, 4, line)
    assert.match(stdout + stderr, /does not accept the token/)
  }
  const unwell = await locked.consign('health check')
  assert.equal(unwell.exitCode, 1)
  assert.match(unwell.stdout, /✗ lightspeed .*does not accept the token[\s\S]*What helps: /)

  await using away = await openShopWithTerminal({ env: { LIGHTSPEED_BASE_URL: 'http://127.0.0.1:1' } })
  const ended = await Promise.all(['test connection', 'sync outlets'].map((line) => away.consign(line)))
  assert.deepEqual(
    ended.map(({ exitCode }) => exitCode),
    [5, 5],
  )
})

test('Ctrl-C ends the watching, and says who goes on', async () => {
  await using shop = await openShopWithTerminal()
  shop.sim.trouble({ kind: 'slow', path: '/api/2.0/sales', ms: 700 })
  const interruption = new AbortController()
  setTimeout(() => interruption.abort(new Interrupted()), 150)
  const alone = await shop.consign('sync sales', { interrupted: interruption.signal })
  assert.equal(alone.exitCode, 130)
  assert.match(alone.stderr, /Stopped\. What was read is kept; the rest is read by the next/)
  assert.match(alone.stdout, /^1 entity: 0 records read/m)

  const machine = { api: shop.api, url: 'http://shop.test', interrupted: interruption.signal }
  const watched = await typeCommand('sync sales', machine)
  const again = /consign (sync follow \S+)/.exec(watched.stderr)?.[1]
  assert.match(watched.stderr, /The sync goes on at http:\/\/shop\.test/)
  const { exitCode, stdout } = await shop.consign(again ?? '')
  assert.equal(exitCode, 0)
  assert.match(stdout, /^sales /m)
})
