import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entities } from '#src/mirror/tables.ts'
import { lineOf, openMirroredPages, openPages, rowsOf, sellSomething, syncElsewhere, visit, words } from './visit.ts'

test('a new shop is told what to do, and one press mirrors all of it while the keeper looks on', async () => {
  await using shop = await openPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  await words(page, 'Nothing is mirrored yet').waitFor()
  await page.getByRole('button', { name: 'Sync now', exact: true }).click()
  await page.getByRole('progressbar', { name: 'Progress of the sync' }).waitFor()
  assert.ok(await page.getByRole('button', { name: 'Sync Products now' }).isDisabled(), 'one sync at a time')
  await words(page, /^Sync finished: .* new/).waitFor()
  const states = await shop.db.selectFrom('sync_state').select(['entity', 'row_count']).execute()
  for (const { name } of entities) {
    const rows = states.find(({ entity }) => entity === name)?.row_count ?? 0
    const shown = new Intl.NumberFormat('en').format(rows)
    await rowsOf(page, name).getByText(shown, { exact: true }).waitFor()
  }
  assert.equal(await page.locator('tr[data-entity]').count(), entities.length)
  assert.ok(await page.getByRole('button', { name: 'Sync Products now' }).isEnabled())
})

test('a sale at the till stands on the page after “Sync now”, without loading it anew', async () => {
  await using shop = await openMirroredPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  const before = Number((await rowsOf(page, 'sales').textContent())?.replace(',', ''))
  await page.locator('body').evaluate((body) => body.setAttribute('data-never-reloaded', ''))
  await sellSomething(shop)
  await page.getByRole('button', { name: 'Sync now', exact: true }).click()
  await rowsOf(page, 'sales')
    .getByText(String(before + 1), { exact: true })
    .waitFor()
  await lineOf(page, 'sales')
    .getByText(/^1 new, /)
    .waitFor()
  assert.equal(await page.locator('[data-never-reloaded]').count(), 1)
})

test('a sync that somebody else started is seen as it goes', async () => {
  await using shop = await openMirroredPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  shop.sim.trouble({ kind: 'slow', path: '/api/2.0/customers', ms: 4_000, times: 1 })
  const theirs = syncElsewhere(shop, { entities: ['customers'] })
  await words(page, 'Reading customers').waitFor()
  await words(page, /^Sync finished/).waitFor()
  await theirs
})

test('a record that could not be stored is counted, and its reason and content can be read', async () => {
  await using shop = await openPages()
  const bad = { kind: 'bad_record', variant: 'wrong_type', value: 'seven', replace: true } as const
  shop.sim.trouble({ ...bad, path: '/api/2.0/brands', times: 1 })
  await syncElsewhere(shop, { entities: ['brands'] })
  await using visitor = await visit(shop)
  const { page } = visitor
  await page.getByRole('button', { name: /^Brands: 1 record put aside/ }).click()
  const drawer = page.getByRole('dialog', { name: 'Brands put aside' })
  await drawer.getByText(/^version/).waitFor()
  await drawer.getByText('What Lightspeed sent').click()
  await drawer.getByText(/"version": "seven"/).waitFor()
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })
})

test('everything of an entity can be read again', async () => {
  await using shop = await openMirroredPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  await page.getByRole('button', { name: 'More for Outlets' }).click()
  await page.getByRole('menuitem', { name: 'Read everything again' }).click()
  await words(page, /^Sync finished/).waitFor()
  const { is_full, entity, fetched } = await shop.db
    .selectFrom('sync_run')
    .innerJoin('sync_run_entity', 'run_id', 'id')
    .select(['is_full', 'entity', 'fetched'])
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  assert.deepEqual({ is_full, entity, some: fetched > 0 }, { is_full: true, entity: 'outlets', some: true })
})

test('where Lightspeed refuses, the line of the entity says why', async () => {
  await using shop = await openPages()
  shop.sim.trouble({ kind: 'unauthorized', path: '/api/2.0/taxes' })
  await using visitor = await visit(shop)
  const { page } = visitor
  await page.getByRole('button', { name: 'Sync Taxes now' }).click()
  await lineOf(page, 'taxes')
    .getByText(/^failed/)
    .waitFor()
  await lineOf(page, 'taxes').getByText(/token/i).waitFor()
})

test('the connection is tried out at the press of a button', async () => {
  await using shop = await openPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  await words(page, shop.sim.url).waitFor()
  await page.getByRole('button', { name: 'Check now' }).click()
  await words(page, /answered in \d+ ms, with \d+ outlets/).waitFor()
  shop.sim.trouble({ kind: 'unauthorized' })
  await page.getByRole('button', { name: 'Check now' }).click()
  await page.getByRole('alert').getByText(/token/i).waitFor()
})

test('what Lightspeed sends beyond the mirror’s columns is hinted at', async () => {
  await using shop = await openPages()
  shop.sim.trouble({ kind: 'unknown_field', path: '/api/2.0/brands', field: 'mood' })
  await syncElsewhere(shop, { entities: ['brands'] })
  await using visitor = await visit(shop)
  await visitor.page.getByText('Lightspeed sends 1 field').click()
  await words(visitor.page, 'mood').waitFor()
})

test('while the server is away the page keeps what it knew, says so, and goes on by itself', async () => {
  await using shop = await openMirroredPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  await page.route('**/api/**', (route) => route.abort())
  await page.getByRole('alert').getByText('Consign does not answer').waitFor()
  assert.equal(await page.locator('tr[data-entity]').count(), entities.length)
  await page.unroute('**/api/**')
  await page.getByRole('alert').waitFor({ state: 'hidden' })
})
