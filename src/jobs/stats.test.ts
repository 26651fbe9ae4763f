import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openWorkshop, wordsOf } from '#test/workers.ts'

test('the numbers of a kind say how many come each minute, how long they wait and how long they take', async () => {
  await using shop = await openWorkshop()
  await shop.orderAll(wordsOf(120))
  await shop.hire({ outside: async () => {} }, { slots: 20 })
  await shop.settled()
  await shop.dismissAll()
  await sql`
    with numbered as (select id, row_number() over (order by id) as n from pgboss.job where name = 'mirror.sync')
    update pgboss.job j set start_after = over - n * interval '60 ms', started_on = over - n * interval '20 ms',
      completed_on = over, state = (case when n > 100 then 'failed' else 'completed' end)::pgboss.job_state
    from (select *, now() - case when n <= 20 then interval '1 hour' else interval '1 minute' end as over from numbered) times
    where j.id = times.id`.execute(shop.db)
  const { kinds, totals } = await (await shop.api.api.v1.jobs.stats.$get()).json()
  const kind = kinds.find((one) => one.kind === 'mirror.sync')
  assert.ok(kind)
  assert.deepEqual([kind.waiting, kind.running, kind.done, kind.failed], [0, 0, 100, 20])
  assert.deepEqual([kind.perMinute, kind.failedPerMinute], [80 / 5, 20 / 5])
  assert.deepEqual(kind.runMs, { p50: 1_410, p95: 2_301 })
  assert.deepEqual(kind.waitMs, { p50: 2_820, p95: 4_602 })
  assert.deepEqual([totals.done, totals.failed, totals.waiting], [100, 20, 0])
})
