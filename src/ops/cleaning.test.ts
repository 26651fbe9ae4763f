import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openShop } from '#test/shop.ts'
import { typeCommand } from '#test/terminal.ts'
import { envelope, sendEnvelope, storedEvents, webhookEnv } from '#test/webhooks.ts'
import { until } from '#test/workers.ts'
import { startWorker } from '../jobs/worker.ts'

test('what is old and over is counted, then removed, from the command line; what is not over stays', async () => {
  await using shop = await openShop({ env: webhookEnv })
  await sendEnvelope(shop, envelope({ event_type: 'unicorn.born' }))
  await sendEnvelope(shop, envelope())
  await shop.sync('brands')
  await sql`update webhook_event set received_at = now() - interval '31 days'`.execute(shop.db)
  await sql`update sync_run set finished_at = now() - interval '29 days'`.execute(shop.db)
  await sql`insert into lightspeed_call (at, method, path, endpoint, duration_ms, attempt)
    select now() - interval '40 days', 'GET', '/api/2.0/brands', '/api/2.0/brands', 1, 1 from generate_series(1, 7)`.execute(
    shop.db,
  )
  await sql`insert into reconciliation (id, requested_by, correlation_id, state, finished_at)
    values (${randomUUID()}, 'somebody', 'x', 'done', now() - interval '50 days')`.execute(shop.db)
  const clean = async (...words: string[]) =>
    JSON.parse((await typeCommand(['util', 'cleanup', ...words, '--json'], { api: shop.api })).stdout)
  const expected = ['webhooks 1', 'calls 7', 'jobs 0', 'runs 0', 'reconciliations 1']
  assert.deepEqual(rowsOf(await clean('--days', '30', '--dry-run')), expected)
  assert.deepEqual(rowsOf(await clean('--days', '30')), expected)
  assert.deepEqual(
    (await storedEvents(shop)).map(({ state }) => state),
    ['waiting'],
  )
  assert.deepEqual(
    rowsOf(await clean('--days', '30')),
    expected.map((one) => one.replace(/\d+$/, '0')),
  )
  const noted = await shop.db.selectFrom('audit').select('action').where('entity', '=', 'retention').execute()
  assert.deepEqual(noted, [{ action: 'data.cleaned' }])
  assert.equal((await typeCommand('util cleanup', { api: shop.api })).exitCode, 2)
})

function rowsOf({ data }: { data: { what: string; rows: number }[] }): string[] {
  return data.map(({ what, rows }) => `${what} ${rows}`)
}

test('what landed outside of all months of the history is seen by the health, and moved into its month', async () => {
  await using shop = await openShop()
  const partOf = async () => {
    const said = await (await shop.api.health.$get()).json()
    return said.parts.find(({ name }) => name === 'database')?.grade
  }
  assert.equal(await partOf(), 'green')
  await sql`insert into mirror.product_qty_history (product_id, outlet_id, level_after, cause, version, recorded_at)
    select 'p', 'o', n, 'sync', n, now() - make_interval(months => 15) from generate_series(1, 3) n`.execute(shop.db)
  assert.equal(await partOf(), 'amber')
  const worker = await startWorker(shop.house, { slots: 1 })
  await shop.api.api.v1.schedules[':name'].runs.$post({ param: { name: 'mirror.prune' } })
  await until(async () => (await partOf()) === 'green')
  await worker.stop()
  const { rows } = await sql<{
    level: string
  }>`select level_after as level from mirror.product_qty_history order by id`.execute(shop.db)
  assert.deepEqual(
    rows.map(({ level }) => Number(level)),
    [1, 2, 3],
  )
  const { data } = await (await shop.api.api.v1['history-partitions'].$get()).json()
  assert.deepEqual([data.length, data[0]?.isOld, data.at(-1)?.from, data.at(-1)?.rows], [6, false, null, 0])
  const ahead = data.filter(({ from }) => from !== null && Date.parse(from) > Date.now())
  assert.equal(ahead.length, 3)
})
