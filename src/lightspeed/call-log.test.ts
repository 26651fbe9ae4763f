import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { pino } from 'pino'
import { openWorld } from '#test/world.ts'
import { openCallLog } from './call-log.ts'
import { endpointOf } from './calls.rules.ts'
import { removeOld } from '../ops/cleaning.store.ts'
import { listPerformance } from './calls.store.ts'

const line = {
  method: 'GET',
  path: '/api/2.0/brands',
  status: 200,
  ms: 10,
  attempt: 1,
  correlationId: 'a-run',
} as const

test('calls are noted many at once, and none is lost when Consign stops', async () => {
  await using world = await openWorld()
  {
    await using calls = openCallLog({ db: world.db, log: pino({ enabled: false }) })
    for (let ms = 1; ms <= 2_500; ms++) calls.add({ ...line, ms })
  }
  const [brands] = await listPerformance(world.db, new Date(0))
  assert.deepEqual(brands, {
    method: 'GET',
    endpoint: '/api/2.0/brands',
    calls: 2500,
    failures: 0,
    p50: 1250,
    p95: 2375,
  })
})

test('calls are forgotten after 90 days, and not before', async () => {
  await using world = await openWorld()
  {
    await using calls = openCallLog({ db: world.db, log: pino({ enabled: false }) })
    for (let count = 0; count < 5; count++) calls.add(line)
  }
  await sql`update lightspeed_call set at = now() - interval '91 days' where id <= 3`.execute(world.db)
  await sql`update lightspeed_call set at = now() - interval '89 days' where id = 4`.execute(world.db)
  assert.equal(await removeOld(world.db, 'calls', 90, 2), 2)
  assert.equal(await removeOld(world.db, 'calls', 90, 2), 1)
  assert.equal(await removeOld(world.db, 'calls', 90, 2), 0)
})

test('calls of one kind are counted together, whichever record they named', () => {
  assert.equal(
    endpointOf('/api/2.0/consignments/0b9d7e0a-2f0e-4c53-9a51-6f1d0f3b2a10/products'),
    '/api/2.0/consignments/{id}/products',
  )
  assert.equal(endpointOf('/api/2.0/products'), '/api/2.0/products')
})
