import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '#src/db/transaction.ts'
import { enqueue } from '#src/jobs/queue.ts'
import { startWorker } from '#src/jobs/worker.ts'
import { hashOf } from '#src/people/sign-in.actions.ts'
import { openShop } from '#test/shop.ts'
import { envelope, sendEnvelope, storedEvents, webhookEnv as env } from '#test/webhooks.ts'
import { until } from '#test/workers.ts'

test('a webhook and its job are there together, or neither is', async () => {
  await using shop = await openShop({ env })
  await sql`alter table pgboss.queue rename to away`.execute(shop.db)
  const body = envelope({ event_type: 'sale.created' })
  assert.ok((await sendEnvelope(shop, body)).status >= 500)
  assert.deepEqual(await storedEvents(shop), [])
  await sql`alter table pgboss.away rename to queue`.execute(shop.db)
  assert.match((await sendEnvelope(shop, body)).said, /"accepted"/)
  assert.equal(await waitingJobs(shop), 1)
})

test('many at once, or a hundred repeats: one job for each webhook', async () => {
  await using shop = await openShop({ env })
  const bodies = Array.from({ length: 5 }, () => envelope())
  await Promise.all(Array.from({ length: 100 }, (_, at) => sendEnvelope(shop, bodies[at % 5] ?? '')))
  assert.equal((await storedEvents(shop)).length, 5)
  assert.equal(await waitingJobs(shop), 5)
})

test('a webhook that fails says why, goes to the dead letters, holds up no other, and can be done later', async () => {
  await using shop = await openShop({ env })
  await sql`alter table consignment_observation rename to away`.execute(shop.db)
  const worker = await startWorker(shop.house, { slots: 4 })
  await sendEnvelope(shop, envelope({ event_type: 'consignment.sent', data: { consignment_id: 'k-1' } }))
  await sendEnvelope(shop, envelope({ event_type: 'customer.created', data: { id: 'c-1' } }))
  await until(async () => (await storedEvents(shop))[0]?.attempts === 3)
  const [failed, fine] = await storedEvents(shop)
  assert.deepEqual([failed?.state, fine?.state], ['failed', 'processed'])
  assert.match(failed?.error ?? '', /consignment_observation/)
  await until(async () => (await deadLetters(shop)) === 1)
  await worker.stop()

  await sql`alter table away rename to consignment_observation`.execute(shop.db)
  const done = await shop.api.api.v1['webhook-events'].processing.$post({ json: {} })
  assert.match((await done.json()).done[0]?.outcome ?? '', /noted as sent/)
  const [mended] = await storedEvents(shop)
  assert.deepEqual([mended?.state, mended?.error], ['processed', null])
})

test('webhooks are forgotten after 90 days, not before', async () => {
  await using shop = await openShop({ env })
  for (const days of [89, 91, 200]) {
    await sendEnvelope(shop, envelope({ event_type: `unknown.${days}` }))
    await sql`update webhook_event set received_at = now() - make_interval(days => ${days})
      where type = ${`unknown.${days}`}`.execute(shop.db)
  }
  await inTransaction(shop.database, ({ db }) => enqueue(db, 'webhooks.prune', {}))
  const worker = await startWorker(shop.house, { slots: 1 })
  await until(async () => (await storedEvents(shop)).length === 1)
  await worker.stop()
  assert.equal((await storedEvents(shop))[0]?.type, 'unknown.89')
})

test('who may look at webhooks may not do them again, and whoever does is in the audit', async () => {
  await using shop = await openShop({ env })
  const token = 'a-token-that-only-reads'
  await shop.db
    .insertInto('api_token')
    .values({ name: 'reader', token_hash: hashOf(token), scopes: ['webhooks:read'] })
    .execute()
  await sendEnvelope(shop, envelope())
  const [event] = await storedEvents(shop)
  const ask = (path: string, method = 'GET') =>
    shop.app.request(`/api/v1/${path}`, { method, headers: { authorization: `Bearer ${token}` } })
  assert.equal((await ask('webhook-events?type=product.updated')).status, 200)
  assert.equal((await ask(`webhook-events/${event?.id}`)).status, 200)
  assert.equal((await ask(`webhook-events/${event?.id}/replay`, 'POST')).status, 403)
  const replayed = await shop.api.api.v1['webhook-events'][':id'].replay.$post({ param: { id: String(event?.id) } })
  assert.equal(replayed.status, 202)
  const noted = await shop.db.selectFrom('audit').select(['action', 'entity_id']).execute()
  assert.deepEqual(noted, [{ action: 'webhook_event.replayed', entity_id: String(event?.id) }])
})

type Shop = { db: Awaited<ReturnType<typeof openShop>>['db'] }

async function waitingJobs({ db }: Shop): Promise<number> {
  const { rows } = await sql<{ jobs: number }>`
    select count(*) as jobs from pgboss.job where name = 'webhooks.process' and state = 'created'`.execute(db)
  return rows[0]?.jobs ?? 0
}

async function deadLetters({ db }: Shop): Promise<number> {
  const { rows } = await sql<{ jobs: number }>`
    select count(*) as jobs from pgboss.job where name = 'dead-letters'`.execute(db)
  return rows[0]?.jobs ?? 0
}
