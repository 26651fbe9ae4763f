import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { hc } from 'hono/client'
import { sql } from 'kysely'
import { openDatabase, type Db } from '#src/db/database.ts'
import type { Api } from '#src/http/app.ts'
import { saveConnection } from '#src/lightspeed/oauth.store.ts'
import { seal, sealingKey, unseal } from '#src/lightspeed/seal.ts'
import { contentsOf, newFolder, openEmptyPlace, restore, settingsOf, takeBackup, verify } from '#test/backups.ts'
import { startConsign } from '#test/process.ts'
import { adminToken, syncAndWait } from '#test/shop.ts'
import { mirrorOf, truthOf } from '#test/truth.ts'
import { envelope, sendEnvelope, webhookEnv } from '#test/webhooks.ts'
import { openWorkshop, until } from '#test/workers.ts'

type Workshop = Awaited<ReturnType<typeof openWorkshop>>

test('a shop with all it has comes back elsewhere, goes on where it was, and comes back from there too', async () => {
  await using shop = await openWorkshop({ env: webhookEnv })
  using backups = newFolder()
  using elsewhere = newFolder()
  const token = await liveThrough(shop)
  const before = await contentsOf(shop.db)
  const backup = await takeBackup(shop.settings, backups.path)
  assert.equal((await verify(backup)).exitCode, 0)
  await comesBackOutside(backup, before)

  const embedded = { ...shop.settings, ...settingsOf(elsewhere.path), DATABASE_URL: '' }
  const restored = await restore(backup, embedded)
  assert.equal(restored.exitCode, 0, restored.stderr)
  const askedBefore = shop.sim.requests.length
  await using consign = startConsign(['start'], embedded)
  const url = await consign.url()
  await using database = openDatabase(readFileSync(join(elsewhere.path, 'database-url'), 'utf8').trim())
  const { db } = database

  await answersAsBefore(url, token)
  assert.equal(await openSealed(elsewhere.path, db), 'the refresh token')
  await until(async () => (await jobsOf(db)).every(({ state }) => state === 'completed'))
  assert.deepEqual(await jobsOf(db), [{ state: 'completed', retry_count: 0 }])
  await goesOn(shop, { url, db, askedBefore })

  const { exitCode, stderr } = await restore(backup, embedded)
  assert.deepEqual([exitCode, /already runs on this data folder/.test(stderr)], [3, true], stderr)
  await comesBackOutside(await takeBackup(embedded, backups.path), await mirrorIn(db))
})

/** A month of all that happens to a shop. Returns a token that somebody made. */
async function liveThrough(shop: Workshop): Promise<string> {
  const { api, db } = shop
  await syncAndWait(api, {})
  await sql`create table mirror.product_qty_history_202607 partition of mirror.product_qty_history
    for values from ('2026-07-01 00:00:00+00') to ('2026-08-01 00:00:00+00')`.execute(db)
  await sql`insert into mirror.product_qty_history (product_id, outlet_id, level_after, cause, version, recorded_at)
    values ('p', 'o', 1.5, E'a\tcause\nwith \\ and é', 1, '2026-07-15')`.execute(db)
  await sql`update mirror.inventory set inventory_level = inventory_level + 0.125`.execute(db)
  const made = await api.api.v1.tokens.$post({ json: { name: 'stock report', scopes: ['mirror:read'] } })
  const key = sealingKey(readFileSync(join(shop.dataDir, 'secret-key'), 'utf8').trim())
  const sealed = { access_token: 'sealed too', refresh_token: seal(key, 'the refresh token', 'test'), scope: null }
  await saveConnection(db, 'someshop', { ...sealed, expires_at: new Date() })
  await shop.hire({ outside: () => Promise.reject(new Error('never')) })
  await shop.order('poison')
  await until(async () => (await sql`select from pgboss.job where name = 'dead-letters'`.execute(db)).rows.length === 1)
  await shop.dismissAll()
  assert.equal((await sendEnvelope(shop, envelope({ event_type: 'product.updated' }))).status, 202)
  return (await made.json()).token
}

async function comesBackOutside(backup: string, wanted: Record<string, string>) {
  await using place = await openEmptyPlace()
  const { exitCode, stderr } = await restore(backup, place.settings)
  assert.equal(exitCode, 0, stderr)
  const found = await contentsOf(place.db)
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, found[name]])), wanted)
}

async function answersAsBefore(url: string, token: string) {
  const asking = (bearer: string) => hc<Api>(url, { headers: { authorization: `Bearer ${bearer}` } }).api.v1
  const rows = await asking(token).mirror[':entity'].$get({ param: { entity: 'products' }, query: {} })
  assert.equal(rows.status, 200)
  const audit = await asking(adminToken).audit.verification.$get()
  assert.equal((await audit.json()).isTrue, true)
  const letters = await asking(adminToken)['dead-letters'].$get({ query: {} })
  assert.deepEqual(
    (await letters.json()).data.map(({ kind }) => kind),
    ['mirror.sync'],
  )
}

async function openSealed(dataDir: string, db: Db): Promise<string> {
  const key = sealingKey(readFileSync(join(dataDir, 'secret-key'), 'utf8').trim())
  const { refresh_token: sealed } = await db
    .selectFrom('lightspeed_connection')
    .select('refresh_token')
    .executeTakeFirstOrThrow()
  return unseal(key, sealed, 'test')
}

/** The job of the webhook that came before the backup, and was not done then. */
async function jobsOf(db: Db) {
  const { rows } = await sql<{ state: string; retry_count: number }>`
    select state, retry_count from pgboss.job where name = 'webhooks.process'`.execute(db)
  return rows
}

/** Something new in Lightspeed is seen, and nothing else is read again. */
async function goesOn({ sim, ask }: Workshop, { url, db, askedBefore }: { url: string; db: Db; askedBefore: number }) {
  await ask('DELETE', `/products/${sim.store.list('products', { after: 0, limit: 1, deleted: false })[0]?.id}`)
  await syncAndWait(hc<Api>(url, { headers: { authorization: `Bearer ${adminToken}` } }), {})
  assert.deepEqual(await mirrorOf(db), truthOf(sim))
  const pages = sim.requests
    .slice(askedBefore)
    .filter(({ path }) => /\/(products|sales|customers|inventory)\?/.test(path))
  assert.ok(pages.length >= 4)
  assert.deepEqual(
    pages.filter(({ path }) => !/[?&]after=[1-9]/.test(path)),
    [],
  )
}

async function mirrorIn(db: Db): Promise<Record<string, string>> {
  return Object.fromEntries(Object.entries(await contentsOf(db)).filter(([name]) => name.startsWith('mirror.')))
}
