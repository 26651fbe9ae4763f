import assert from 'node:assert/strict'
import { openWorkshop, wordOf, wordsOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const alwaysFails: Scenario = {
  number: 9,
  fault: 'some jobs fail whenever they are tried',
  promise: 'after three tries, with growing waits, each is a dead letter with all about it; the others are done',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    const words = wordsOf(length === 'short' ? 40 : 400)
    const cursed = words.filter((_, at) => at === 7 || chance() < 0.15)
    const tries = new Map<string, number[]>()
    await shop.orderAll(words)
    await shop.hire(
      {
        outside: async ({ args: { entities } }) => {
          const [word = ''] = entities
          tries.set(word, [...(tries.get(word) ?? []), Date.now()])
          if (cursed.includes(word)) throw new Error(`${word} cannot be done`)
        },
      },
      { slots: 2 },
    )
    await shop.settled()
    for (const word of words) assert.equal(tries.get(word)?.length, cursed.includes(word) ? 3 : 1)
    for (const word of cursed) {
      const [first = 0, second = 0] = tries.get(word) ?? []
      assert.ok(second - first >= 200, `${word} was tried again after ${second - first} ms`)
    }
    const { data } = await (await shop.api.api.v1['dead-letters'].$get({ query: { limit: '500' } })).json()
    assert.deepEqual(
      data
        .map(({ payload, error, attempts, failures }) => ({ payload, error, attempts, failures: failures.length }))
        .toSorted((one, other) => one.error.localeCompare(other.error)),
      cursed.map((word) => ({ payload: wordOf(word), error: `${word} cannot be done`, attempts: 3, failures: 3 })),
    )
  },
}
