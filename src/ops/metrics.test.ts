import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop } from '#test/shop.ts'
import { openWorld } from '#test/world.ts'
import { pino } from 'pino'
import { openTally } from './tally.ts'
import { listTotals } from './tally.store.ts'

test('whoever watches reads how the mirror stands, without a key', async () => {
  await using shop = await openShop({ env: { LS_WEBHOOK_SECRET: 'a-secret' } })
  await shop.sync('outlets')
  await shop.app.request('/webhooks/lightspeed', { method: 'POST', body: '{}' })
  const answer = await shop.app.request('/metrics')
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
  const text = await answer.text()
  for (const line of [
    /^mirror_rows\{entity="outlets"\} [1-9]/m,
    /^sync_cursor\{entity="outlets"\} [1-9]\d*$/m,
    /^sync_lag_seconds\{entity="outlets"\} \d/m,
    /^# TYPE jobs_processed_total counter$/m,
    /^# TYPE jobs_failed_total counter$/m,
    /^queue_depth\{kind="mirror\.sync"\} 0$/m,
    /^webhooks_received_total\{status="401"\} 1$/m,
    /^lightspeed_calls_total\{status="200"\} [1-9]/m,
    /^audit_rows_total 1$/m,
    /^process_resident_memory_bytes \d/m,
  ]) {
    assert.match(text, line)
  }
})

test('what several processes count is one sum, and outlives them', async () => {
  await using world = await openWorld()
  const log = pino({ enabled: false })
  {
    await using till = openTally({ db: world.db, log })
    await using hub = openTally({ db: world.db, log })
    for (let count = 0; count < 5; count++) till.add('jobs_processed_total', 'mirror.sync')
    hub.add('jobs_processed_total', 'mirror.sync', 2)
    hub.add('jobs_failed_total', 'mirror.sync')
    await Promise.all([till.flush(), hub.flush()])
    hub.add('jobs_processed_total', 'mirror.sync')
  }
  assert.deepEqual(await listTotals(world.db), [
    { name: 'jobs_failed_total', label: 'mirror.sync', value: 1 },
    { name: 'jobs_processed_total', label: 'mirror.sync', value: 8 },
  ])
})
