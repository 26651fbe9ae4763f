import assert from 'node:assert/strict'
import { test } from 'node:test'
import { laws, lawsFor } from './laws.ts'
import { openSimulatedShop } from './shop.ts'

for (const law of laws) {
  test(law.name, async () => {
    await using shop = await openSimulatedShop()
    await law.check(shop)
  })
}

test('who asks too often is told until when to wait, as a date of HTTP', async () => {
  await using shop = await openSimulatedShop({ rateLimit: { requests: 2, windowSeconds: 60 } })
  for (let request = 0; request < 2; request++) assert.equal((await shop.get('/outlets')).status, 200)
  const { status, headers, body } = await shop.get('/outlets')
  assert.equal(status, 429)
  assert.deepEqual(body, { error: 'Too Many Requests', message: 'Rate limiting enforced' })
  const until = headers.get('Retry-After') ?? ''
  assert.match(until, /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/)
  assert.ok(Date.parse(until) > Date.now() && Date.parse(until) <= Date.now() + 60_000)
})

test('a real shop is only read, unless writing was asked for, and its counts are never completed', () => {
  const reading = lawsFor({ kind: 'real' }, { write: false })
  const writing = lawsFor({ kind: 'real' }, { write: true })
  assert.ok(reading.length > 40 && reading.every((law) => !law.writes))
  assert.ok(writing.length > reading.length && writing.every((law) => !law.simulatorOnly))
  assert.deepEqual(
    laws.filter((law) => law.simulatorOnly).map(({ name }) => name),
    [
      'a completed count sets what is on hand to what was counted, to zero what nobody counted',
      'a register is closed and opened again, and its summary tells the closure',
    ],
  )
})
