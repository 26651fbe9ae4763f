import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openMirroredPages, visit } from './visit.ts'

test('while Consign is red every page says that nothing is written to Lightspeed, and stops saying so by itself', async () => {
  await using shop = await openMirroredPages()
  await using visitor = await visit(shop)
  const { page } = visitor
  const notice = page.getByText('Nothing is written to Lightspeed just now')
  assert.equal(await notice.count(), 0)
  const call = { method: 'GET', path: '/api/2.0/sales', endpoint: '/api/2.0/sales', duration_ms: 5, attempt: 1 }
  const calls = Array.from({ length: 4_000 }, () => ({ ...call, at: new Date(), status: 503 }))
  await shop.db.insertInto('lightspeed_call').values(calls).execute()
  await page.reload()
  await notice.waitFor()
  await page.getByText(/\d+ % of the calls fail at Lightspeed/).waitFor()
  await page.goto(`${new URL(page.url()).origin}/mirror/brands`)
  await notice.waitFor()
  await sql`delete from lightspeed_call where status = 503`.execute(shop.db)
  await notice.waitFor({ state: 'detached', timeout: 20_000 })
})
