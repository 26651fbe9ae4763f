import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { inTransaction } from '#src/db/transaction.ts'
import { enqueueMany } from '#src/jobs/queue.ts'
import { envelope, sendEnvelope, storedEvents, webhookEnv } from '#test/webhooks.ts'
import { until } from '#test/workers.ts'
import { adminToken } from '#test/shop.ts'
import { openBrowser, type Sight } from './browser.ts'
import { addressOf, openPages, signIn, visit, words, type Shop } from './visit.ts'

const path = '/admin/sync-status'

test('a failed job is seen, its payload mended, retried, and gone', async () => {
  await using shop = await openPages()
  await using visitor = await visitStatus(shop)
  const { page } = visitor
  await words(page, 'No job has failed for good').waitFor()
  await failFor(shop, ['brandz'])
  await page.getByRole('heading', { name: 'Failed jobs (1)' }).waitFor()
  await page.getByRole('listitem').getByText('there is no brandz').waitFor()
  await page.getByRole('button', { name: 'Look at mirror.sync and mend it' }).click()
  const drawer = page.getByRole('dialog', { name: 'Failed job mirror.sync' })
  await drawer.getByText('after 3 tries').waitFor()
  const payload = drawer.getByLabel('Payload')
  assert.deepEqual(JSON.parse(await payload.inputValue()), { entities: ['brandz'] })
  await payload.fill('{"entities": ["brands"]}')
  await drawer.getByRole('button', { name: 'Save and retry' }).click()
  await words(page, 'Mended, and back in the queue').waitFor()
  await words(page, 'No job has failed for good').waitFor()
  await until(async () => (await shop.db.selectFrom('mirror.brand').select('id').execute()).length > 0)
})

test('nonsense for a payload is refused, and the field is named beside it', async () => {
  await using shop = await openPages()
  await failFor(shop, ['brandz'])
  await using visitor = await visitStatus(shop)
  const { page } = visitor
  await page.getByRole('button', { name: 'Look at mirror.sync and mend it' }).click()
  const payload = page.getByLabel('Payload')
  await payload.fill('{"entities": [}')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('This is not JSON').waitFor()
  await payload.fill('{"entities": "brands"}')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText(/cannot do that: entities: /).waitFor()
  assert.equal(await payload.evaluate((field) => field === field.ownerDocument.activeElement), true)
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Failed jobs (1)' }).waitFor()
})

test('failed jobs are chosen by kind, leafed through, retried all at once, and deleted with a reason', async () => {
  await using shop = await openPages()
  await failFor(
    shop,
    Array.from({ length: 22 }, (_, place) => `brand-${place}`),
  )
  await using visitor = await visitStatus(shop)
  const { page } = visitor
  const lines = page.locator('[data-letter]')
  await lines.first().waitFor()
  assert.equal(await lines.count(), 20)
  await page.getByRole('button', { name: 'Show more' }).click()
  await lines.nth(21).waitFor()
  await page.getByLabel('Kind of the failed jobs').selectOption('mirror.sync')
  await page.getByRole('button', { name: 'Retry all…' }).click()
  await page.getByRole('button', { name: 'Retry 22 failed jobs mirror.sync' }).click()
  await words(page, '22 jobs back in the queue').waitFor()
  await until(async () => (await lettersOf(shop)) === 22, 30_000)
  await page.getByRole('heading', { name: 'Failed jobs (22)' }).waitFor()
  await page.getByRole('button', { name: 'Look at mirror.sync and mend it' }).first().click()
  await page.getByText('Delete it instead').click()
  await page.getByLabel('Reason').fill('This brand was never ours')
  await page.getByRole('button', { name: 'Delete for good' }).click()
  await page.getByRole('heading', { name: 'Failed jobs (21)' }).waitFor()
  const noted = await shop.db.selectFrom('audit').select('reason').where('action', '=', 'dead_letter.deleted').execute()
  assert.deepEqual(noted, [{ reason: 'This brand was never ours' }])
})

test('a webhook is looked at, and done again', async () => {
  await using shop = await openPages({ env: webhookEnv })
  await using visitor = await visitStatus(shop)
  const { page } = visitor
  await words(page, 'No webhook has come yet').waitFor()
  await sendEnvelope(shop, envelope({ event_type: 'product.updated', data: { sample: true } }))
  const line = page.locator('[data-webhook]')
  await line.getByText('processed').waitFor()
  await line.getByRole('button', { name: /^Show/ }).click()
  await page.getByRole('dialog', { name: 'Webhook product.updated' }).getByText('"sample": true').waitFor()
  await page.keyboard.press('Escape')
  await line.getByRole('button', { name: /^Replay/ }).click()
  await line.getByText('replayed 1 time').waitFor()
  await until(async () => (await storedEvents(shop)).every((one) => one.state === 'processed' && one.attempts === 2))
})

test('a schedule is paused, goes on, and is run now', async () => {
  await using shop = await openPages()
  await using visitor = await visitStatus(shop)
  const { page } = visitor
  const line = page.locator('[data-schedule="webhooks.prune"]')
  await page.getByRole('button', { name: 'Pause webhooks.prune' }).click()
  await line.getByText('paused', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Resume webhooks.prune' }).click()
  await line.getByText('paused', { exact: true }).waitFor({ state: 'hidden' })
  await line.getByText('not run yet').waitFor()
  await page.getByRole('button', { name: 'Run webhooks.prune now' }).click()
  await line.getByText(/^last: done/).waitFor()
})

test('numbers move with the database while nobody touches the page', async () => {
  await using shop = await openPages()
  await using visitor = await visitStatus(shop)
  const { page } = visitor
  await page.locator('body').evaluate((body) => body.setAttribute('data-never-reloaded', ''))
  const startAfter = new Date(Date.now() + 3_600_000)
  const jobs = ['brands', 'taxes', 'outlets'].map((entity) => ({ args: { entities: [entity] }, startAfter }))
  await inTransaction(shop.house.database, ({ db }) => enqueueMany(db, 'mirror.sync', jobs))
  await page.getByRole('row', { name: 'mirror.sync 0 3 0' }).waitFor()
  const worker = { id: crypto.randomUUID(), host: 'the-other-machine', pid: 7, slots: 3, running: 2 }
  await shop.db.insertInto('worker').values(worker).execute()
  await words(page, 'the-other-machine').waitFor()
  await words(page, '2 of 3 at work').waitFor()
  assert.equal(await page.locator('[data-never-reloaded]').count(), 1)
})

test('a job that will be tried again is seen failing, and tried at a press', async () => {
  await using shop = await openPages()
  await using visitor = await visitStatus(shop)
  const { page } = visitor
  const startAfter = new Date(Date.now() + 3_600_000)
  await inTransaction(shop.house.database, ({ db }) =>
    enqueueMany(db, 'mirror.sync', [{ args: { entities: ['brands'] }, startAfter }]),
  )
  await leaveAfterFailure(shop, 'Lightspeed was away')
  await page.getByText('Lightspeed was away').waitFor()
  await page.getByRole('button', { name: 'Try mirror.sync now' }).click()
  await words(page, 'The job is tried now').waitFor()
  await page.getByText('Lightspeed was away').waitFor({ state: 'hidden' })
})

test('an open alarm stands above everything, and the others see who sees to it', async () => {
  await using shop = await openPages()
  await using visitor = await visitStatus(shop)
  const { page } = visitor
  const silent = { id: crypto.randomUUID(), host: 'the-back-office', pid: 7, slots: 3, running: 0 }
  await shop.db
    .insertInto('worker')
    .values({ ...silent, seen_at: new Date(Date.now() - 3_600_000) })
    .execute()
  await shop.api.api.v1.alerts.evaluations.$post({ query: {} })
  const line = page.locator('[data-alert]').filter({ hasText: 'the-back-office' })
  await line.getByText('The worker the-back-office:7 is silent').waitFor()
  await line.getByRole('button', { name: /^See to/ }).click()
  await line.getByText('administrator sees to it').waitFor()
  assert.equal(await line.getByRole('button').count(), 0)
})

test('a visitor who is not signed in is asked in first, and then sees the page', async () => {
  await using shop = await openPages()
  await using visitor = await openBrowser()
  const { page } = visitor
  await page.goto(addressOf(shop, path))
  await page.getByLabel('Token', { exact: true }).waitFor()
  assert.equal(await page.getByText('Workers').count(), 0)
  await signIn(page, adminToken)
  await page.getByRole('heading', { level: 1, name: 'Sync status' }).waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
})

test('while the status cannot be had the page says so, and goes on by itself', async () => {
  await using shop = await openPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  await page.route('**/api/v1/status**', (route) => route.abort())
  await page.goto(addressOf(shop, path))
  await page.getByRole('alert').getByText('Consign does not answer').waitFor()
  await page.unroute('**/api/v1/status**')
  await page.getByText('Live', { exact: true }).waitFor()
  await page.getByRole('alert').waitFor({ state: 'hidden' })
})

async function visitStatus(shop: Shop, sight: Sight = {}) {
  const visitor = await visit(shop, sight)
  await visitor.page.getByRole('link', { name: 'Sync status' }).click()
  await live(visitor.page)
  return visitor
}

async function live(page: Page) {
  await page.getByText('Live', { exact: true }).waitFor()
}

/** Asks for jobs that cannot be done, and waits until they are given up. */
async function failFor(shop: Shop, entities: readonly string[]) {
  const jobs = entities.map((entity) => ({ args: { entities: [entity] } }))
  await inTransaction(shop.house.database, ({ db }) => enqueueMany(db, 'mirror.sync', jobs))
  await until(async () => (await lettersOf(shop)) === entities.length, 30_000)
}

/** As a worker leaves a job that has failed once and is due again much later. */
async function leaveAfterFailure({ db }: Shop, message: string) {
  const output = { message, failures: [{ at: new Date().toISOString(), message }] }
  await sql`update pgboss.job set state = 'retry', output = ${JSON.stringify(output)}::jsonb
    where name = 'mirror.sync' and state = 'created'`.execute(db)
}

async function lettersOf({ db }: Shop): Promise<number> {
  const { rows } = await sql<{ letters: number }>`
    select count(*) as letters from pgboss.job where name = 'dead-letters'`.execute(db)
  return rows[0]?.letters ?? 0
}
