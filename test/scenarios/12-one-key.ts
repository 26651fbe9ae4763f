import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openWorkshop } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const oneKey: Scenario = {
  number: 12,
  fault: 'a hundred ask for the same job at once',
  promise: 'it is there once',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    const keys = Array.from({ length: length === 'short' ? 3 : 20 }, (_, at) => `shelf ${at}`)
    for (const key of keys)
      await Promise.all(
        Array.from({ length: 100 }, async () => {
          await sleep(chance() * 20)
          await shop.order(key, { key })
        }),
      )
    assert.equal(await shop.count('created'), keys.length)
    const done: string[] = []
    await shop.hire({ outside: async ({ args: { entities } }) => void done.push(...entities) })
    await shop.settled()
    assert.deepEqual(done.toSorted(), keys.toSorted())
  },
}
