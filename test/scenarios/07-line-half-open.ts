import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openProxy } from '#test/tcp-proxy.ts'
import { openWorkshop, until } from '#test/workers.ts'
import { openWorld } from '#test/world.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

const line = 'consign jobs'

export const lineHalfOpen: Scenario = {
  number: 7,
  fault: 'the line that rings for new jobs goes dead without being closed',
  promise: 'jobs are found by looking, within some seconds; the dead line is noticed within 15 s, and another laid',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using world = await openWorld()
    await using proxy = await openProxy(world.databaseUrl)
    await using shop = await openWorkshop({ env: { DATABASE_URL: proxy.url } })
    const began = new Map<string, number>()
    await shop.hire({ outside: async ({ args: { entities } }) => void began.set(entities[0] ?? '', Date.now()) })
    const waitOf = async (word: string) => {
      const asked = Date.now()
      await shop.order(word)
      await until(() => began.has(word))
      return (began.get(word) ?? Infinity) - asked
    }
    for (let round = 0; round < (length === 'short' ? 1 : 4); round += 1) {
      await until(() => proxy.count(line) === 1)
      await waitOf(`rung for ${round}`)
      await sleep(chance() * 1_000)
      proxy.kill(line)
      const died = Date.now()
      const waited = await waitOf(`looked for ${round}`)
      assert.ok(waited < 3_000, `found by looking after ${waited} ms`)
      await until(() => proxy.count(line) === 1)
      assert.ok(Date.now() - died < 15_000, `noticed after ${Date.now() - died} ms`)
      await sleep(1_500)
      const waits: number[] = []
      for (let at = 0; at < 5; at += 1) waits.push(await waitOf(`rung for again ${round} ${at}`))
      assert.ok(Math.min(...waits) < 300, `rung for again: ${waits.join(', ')} ms`)
    }
    await shop.dismissAll()
  },
}
