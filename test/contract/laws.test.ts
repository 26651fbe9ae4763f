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
