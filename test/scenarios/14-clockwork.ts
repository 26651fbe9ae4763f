import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '#src/db/database.ts'
import { openQueue } from '#src/jobs/boss-queue.ts'
import { keepTime } from '#src/jobs/timekeeping.ts'
import { openWorkshop, until } from '#test/workers.ts'
import { chanceFrom, type Scenario } from './scenario.ts'

export const clockwork: Scenario = {
  number: 14,
  fault: 'three processes keep time, and all stand still for hours',
  promise: 'of each beat one job comes, and after the hours one that catches up, not one for each that was missed',
  async run(seed, length) {
    const chance = chanceFrom(seed)
    await using shop = await openWorkshop({ env: { SYNC_EVERY_SECONDS: '1' } })
    {
      await using _ = await keeper(shop)
    }
    await sql`update pgboss.schedule set created_on = now() - interval '30 days'`.execute(shop.db)
    await sql`update pgboss.version set cron_on = now() - ${2 + Math.floor(chance() * 40)} * interval '1 hour'`.execute(
      shop.db,
    )
    await using stack = new AsyncDisposableStack()
    for (const _ of ['one', 'another', 'a third']) stack.use(await keeper(shop))
    await shop.hire({ outside: () => sleep(chance() * 100) })
    await until(async () => (await jobsOf(shop.db, 'mirror.prune')) >= 1)
    await sleep(length === 'short' ? 2_500 : 130_000)
    const beats = await sql<{ jobs: number }>`
      select count(*) as jobs from pgboss.job where name = 'mirror.sync' group by singleton_on`.execute(shop.db)
    assert.ok(beats.rows.length >= 2)
    assert.deepEqual(new Set(beats.rows.map(({ jobs }) => jobs)), new Set([1]))
    const hourly = await jobsOf(shop.db, 'mirror.prune')
    assert.ok(hourly <= 2, `${hourly} jobs of what is done each hour: one catches up, one may just be due`)
  },
}

async function keeper({ house }: Awaited<ReturnType<typeof openWorkshop>>): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const onError = assert.ifError
  const { boss } = stack.use(await openQueue(house.database, { supervise: true, onError }))
  const time = await keepTime({ house, boss })
  stack.defer(time.stop)
  return stack.move()
}

async function jobsOf(db: Db, kind: string): Promise<number> {
  const { rows } = await sql<{ jobs: number }>`select count(*) as jobs from pgboss.job where name = ${kind}`.execute(db)
  return rows[0]?.jobs ?? 0
}
