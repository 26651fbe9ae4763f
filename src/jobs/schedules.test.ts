import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openWorkshop, until } from '#test/workers.ts'

test('every beat of a schedule is one job, however many workers look at the clock; paused, it is still', async () => {
  await using shop = await openWorkshop({ env: { SYNC_EVERY_SECONDS: '1' } })
  const { schedules } = shop.api.api.v1
  const done: string[] = []
  const task = { outside: async ({ id }: { id: string }) => void done.push(id) }
  await shop.hire(task)
  await shop.hire(task)
  await until(() => done.length >= 2)
  const pause = (paused: boolean) => schedules[':name'].$patch({ param: { name: 'mirror.sync' }, json: { paused } })
  assert.equal((await pause(true)).status, 200)
  await shop.settled()
  const beats = await sql<{ beat: Date; jobs: number }>`
    select singleton_on as beat, count(*) as jobs from pgboss.job where name = 'mirror.sync' group by 1`.execute(
    shop.db,
  )
  assert.deepEqual(
    beats.rows.map(({ jobs }) => jobs),
    beats.rows.map(() => 1),
  )
  const { data } = await (await schedules.$get()).json()
  const look = data.find(({ name }) => name === 'mirror.sync')
  assert.deepEqual(
    [look?.everySeconds, look?.nextAt, look?.pausedBy, look?.last?.state],
    [1, null, 'administrator', 'done'],
  )
  const before = done.length
  const asked = await schedules[':name'].runs.$post({ param: { name: 'mirror.sync' } })
  assert.deepEqual(await asked.json(), { added: true })
  await until(() => done.length === before + 1)
  await pause(false)
  await until(() => done.length > before + 1)
  const audited = await shop.db
    .selectFrom('audit')
    .select('action')
    .where('entity', '=', 'schedule')
    .orderBy('id')
    .execute()
  assert.deepEqual(
    audited.map(({ action }) => action),
    ['schedule.paused', 'schedule.run', 'schedule.resumed'],
  )
})

test('a schedule by the calendar hangs in the queue with its time zone, is taken down while paused, and up again', async () => {
  await using shop = await openWorkshop()
  await shop.hire({ outside: async () => {} })
  const hanging = async () => {
    const { rows } = await sql<{ key: string; cron: string; timezone: string }>`
      select key, cron, timezone from pgboss.schedule where key = 'mirror.prune'`.execute(shop.db)
    return rows
  }
  const line = [{ key: 'mirror.prune', cron: '20 * * * *', timezone: 'UTC' }]
  const pause = (paused: boolean) =>
    shop.api.api.v1.schedules[':name'].$patch({ param: { name: 'mirror.prune' }, json: { paused } })
  assert.deepEqual(await hanging(), line)
  await pause(true)
  assert.deepEqual(await hanging(), [])
  const resumed = await pause(false)
  assert.deepEqual(await hanging(), line)
  const { data } = await resumed.json()
  assert.equal(new Date(data[0]?.nextAt ?? 0).getUTCMinutes(), 20)
  const unknown = await shop.api.api.v1.schedules[':name'].$patch({ param: { name: 'tea' }, json: { paused: true } })
  assert.equal(unknown.status, 404)
})
