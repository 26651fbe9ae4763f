import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openWorkshop, until, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const urgentAmongMany: Scenario = {
  number: 15,
  fault: 'many thousand jobs of low priority wait, and an urgent one comes',
  promise: 'the urgent one begins within a second',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    await shop.orderAll(wordsOf(length === 'short' ? 20_000 : 100_000), { priority: -10 })
    const began = new Map<string, number>()
    await shop.hire({
      outside: async ({ args: { entities } }) => {
        began.set(entities[0] ?? '', Date.now())
        await sleep(20)
      },
    })
    for (const urgent of ['urgent', 'urgent too', 'urgent again']) {
      await sleep(chance() * 500)
      const asked = Date.now()
      await shop.order(urgent)
      await until(() => began.has(urgent))
      const waited = (began.get(urgent) ?? Infinity) - asked
      assert.ok(waited < 1_000, `it began after ${waited} ms`)
    }
  },
}
