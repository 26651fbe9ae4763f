import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { openWorkshop } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const orderKept: Scenario = {
  number: 16,
  fault: 'changes of one consignment follow each other, and the first of them fails and is tried again',
  promise: 'they take effect in the order in which they were made; other consignments go on meanwhile',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    await sql`create table effect (at serial, word text)`.execute(shop.db)
    const orders = Array.from({ length: length === 'short' ? 6 : 40 }, (_, at) => `consignment ${at}`)
    const perOrder = 8
    const changes = Array.from({ length: perOrder }, (_, step) => orders.map((order) => ({ order, step }))).flat()
    const failing = new Set(changes.filter(() => chance() < 0.25).map(wordOfChange))
    failing.add(wordOfChange({ order: 'consignment 0', step: 0 }))
    const tried = new Set<string>()
    for (const _ of ['one worker', 'another'])
      await shop.hire(
        {
          inTransaction: async ({ db }, { args: { entities } }) => {
            const [word = ''] = entities
            await sql`insert into effect (word) values (${word})`.execute(db)
            if (!failing.has(word) || tried.has(word)) return
            tried.add(word)
            throw new Error('Lightspeed is not ready for this')
          },
        },
        { slots: 3 },
      )
    for (const change of changes) await shop.order(wordOfChange(change), { order: change.order })
    await shop.settled(60_000)
    const { rows } = await sql<{ word: string }>`select word from effect order by at`.execute(shop.db)
    const done = rows.map(({ word }) => word)
    for (const order of orders)
      assert.deepEqual(
        done.filter((word) => word.startsWith(`${order}:`)),
        Array.from({ length: perOrder }, (_, step) => wordOfChange({ order, step })),
      )
    assert.deepEqual(tried, failing)
    const first = done.indexOf(wordOfChange({ order: 'consignment 0', step: 0 }))
    assert.ok(first > 0, 'others went on while the first change of consignment 0 waited for its next try')
  },
}

function wordOfChange({ order, step }: { order: string; step: number }): string {
  return `${order}: change ${step}`
}
