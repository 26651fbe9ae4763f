import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '#test/world.ts'
import { callerAddress } from './address.rules.ts'
import { openLimiter } from './limiter.ts'

test('sixty requests of a minute pass, the next one waits, and after the minute they pass again', async () => {
  await using world = await openWorld()
  const windowMs = 1_500
  const limiter = openLimiter(world.db, { windowMs })
  const waits = await Promise.all(Array.from({ length: 75 }, () => limiter.spend('address:203.0.113.7', 60)))
  assert.equal(waits.filter((seconds) => seconds === 0).length, 60)
  assert.ok(waits.every((seconds) => seconds === 0 || (seconds >= 1 && seconds <= 2)))
  assert.equal(await limiter.spend('address:203.0.113.8', 60), 0)
  await new Promise((resolve) => setTimeout(resolve, windowMs))
  assert.equal(await limiter.spend('address:203.0.113.7', 60), 0)
})

test('two processes on one database share one count', async () => {
  await using world = await openWorld()
  const processes = [openLimiter(world.db), openLimiter(world.db)]
  const waits = await Promise.all(
    Array.from({ length: 200 }, (_, at) => processes[at % 2]?.spend('token:a', 60) ?? assert.fail()),
  )
  const passed = waits.filter((seconds) => seconds === 0).length
  assert.ok(passed <= 60 && passed >= 54, `${passed} passed`)
})

test('who asks again and again after the limit costs the database nothing', async () => {
  await using world = await openWorld()
  const limiter = openLimiter(world.db)
  const spend = () => limiter.spend('address:203.0.113.7', 10)
  for (let count = 0; count < 11; count++) await spend()
  const taken = () => world.db.selectFrom('rate_window').select('taken').executeTakeFirst()
  const before = await taken()
  for (let count = 0; count < 1000; count++) assert.ok((await spend()) > 0)
  assert.deepEqual(await taken(), before)
})

test('a request counts for whoever stands at the other end, and no header can pretend another one', () => {
  assert.equal(callerAddress('203.0.113.7', undefined, 0), '203.0.113.7')
  assert.equal(callerAddress('203.0.113.7', '198.51.100.1', 0), '203.0.113.7')
  assert.equal(callerAddress('::ffff:203.0.113.7', undefined, 0), '203.0.113.7')
  assert.equal(callerAddress('10.0.0.1', '6.6.6.6, 198.51.100.1', 1), '198.51.100.1')
  assert.equal(callerAddress('10.0.0.1', '6.6.6.6, 198.51.100.1, 10.0.0.2', 2), '198.51.100.1')
  assert.equal(callerAddress('10.0.0.1', undefined, 1), '10.0.0.1')
  assert.equal(callerAddress('2001:db8:1:2::7', undefined, 0), callerAddress('2001:db8:1:2:a:b:c:d', undefined, 0))
  assert.notEqual(callerAddress('2001:db8:1:2::7', undefined, 0), callerAddress('2001:db8:1:3::7', undefined, 0))
  assert.equal(callerAddress('::1', undefined, 0), '0:0:0:0::/64')
})
