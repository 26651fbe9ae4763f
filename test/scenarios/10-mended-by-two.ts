import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { giveUp } from '#src/jobs/handler.ts'
import { openWorkshop, wordOf } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const mendedByTwo: Scenario = {
  number: 10,
  fault: 'two people mend the same dead letter and put it back in the same moment',
  promise: 'it is done once, with what was mended, and it is kept who did what when',
  async run(seed) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop()
    const done: string[] = []
    const task = {
      outside: async ({ args: { entities } }: { args: { entities: string[] } }) => {
        if (entities[0] === 'wrong') giveUp('there is no such shelf')
        done.push(entities[0] ?? '')
      },
    }
    await shop.hire(task)
    await shop.hire(task)
    await shop.order('wrong')
    await shop.settled()
    const letters = shop.api.api.v1['dead-letters']
    const [letter] = (await (await letters.$get({ query: {} })).json()).data
    const param = { id: letter?.id ?? '' }
    const mend = (word: string) => letters[':id'].$patch({ param, json: { payload: wordOf(word) } })
    assert.deepEqual(
      (await Promise.all([mend('right'), mend('right too')])).map(({ status }) => status),
      [200, 200],
    )
    const people = 2 + Math.floor(chance() * 6)
    const answers = await Promise.all(Array.from({ length: people }, () => letters[':id'].retry.$post({ param })))
    const statuses = answers.map((answer): number => answer.status)
    assert.deepEqual(
      statuses.toSorted((one, other) => one - other),
      [202, ...Array.from({ length: people - 1 }, () => 404)],
    )
    await shop.settled()
    const acts = await actsOn(shop, param.id)
    assert.deepEqual(
      acts.map(({ action, actor }) => [action, actor]),
      ['dead_letter.edited', 'dead_letter.edited', 'dead_letter.retried'].map((action) => [action, 'administrator']),
    )
    assert.deepEqual(acts[0]?.before, wordOf('wrong'))
    assert.deepEqual(acts[1]?.before, acts[0]?.after)
    assert.deepEqual(done.map(wordOf), [acts[1]?.after])
  },
}

type Act = { action: string; actor: string; before: unknown; after: unknown }

async function actsOn({ db }: Awaited<ReturnType<typeof openWorkshop>>, id: string): Promise<Act[]> {
  const { rows } = await sql<Act>`
    select action, actor, before, after from audit where entity_id = ${id} and at is not null order by id`.execute(db)
  return rows
}
