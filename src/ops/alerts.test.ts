import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openDatabase } from '#src/db/database.ts'
import { hmac } from '#test/webhooks.ts'
import { answerJson, openOddServer } from '#test/odd-server.ts'
import { openShop } from '#test/shop.ts'
import { typeCommand } from '#test/terminal.ts'
import { trackedFiles } from '#test/tracked-files.ts'
import { openWorkshop, until } from '#test/workers.ts'
import { openWorld } from '#test/world.ts'
import { alertRules, findingsOf, type Facts } from './alerts.rules.ts'
import { listIdleSessions } from './facts.store.ts'

type Shop = Awaited<ReturnType<typeof openShop>>

const calm: Facts = {
  failedLastHour: 10,
  dead: { count: 3, oldestSeconds: 3_600 },
  staleCursors: [],
  silentWorkers: [],
  disk: { freeBytes: 9e9, isEnough: true, path: '/data' },
  webhooksSilentSeconds: 900,
  unexplained: [],
  idleSessions: [],
  breaker: { isOpen: false, until: null },
  auditFault: null,
  historyOutsidePartitions: false,
  grade: 'amber',
  reasons: [],
}

test('each alarm is raised beyond its limit, and none before', () => {
  assert.deepEqual(findingsOf(calm), [])
  const cases: [Partial<Facts>, string, RegExp][] = [
    [{ failedLastHour: 11 }, 'jobs_failing', /^11 jobs failed/],
    [{ dead: { count: 3, oldestSeconds: 7_300 } }, 'dead_letters', /^3 dead letters wait, the oldest for 2 h$/],
    [{ staleCursors: [{ entity: 'sales', minutes: 61 }] }, 'cursor_stale', /sales \(61 min\)/],
    [{ silentWorkers: ['till:42'] }, 'worker_silent', /till:42/],
    [{ disk: { freeBytes: 1e9, isEnough: false, path: '/data' } }, 'disk_low', /Only 1000 MB are free at \/data/],
    [{ webhooksSilentSeconds: 960 }, 'webhooks_silent', /16 minutes/],
    [{ unexplained: [{ entity: 'inventory', count: 4 }] }, 'reconcile_differences', /inventory \(4\)/],
    [{ idleSessions: [{ pid: 7, application: 'psql', minutes: 6 }] }, 'session_idle', /psql \(process 7\).* 6 minutes/],
    [{ breaker: { isOpen: true, until: new Date(0) } }, 'breaker_open', /until 1970/],
    [{ auditFault: 'Row 7 was changed' }, 'audit_broken', /Row 7/],
    [{ historyOutsidePartitions: true }, 'history_outside_partitions', /default partition/],
    [{ grade: 'red', reasons: ['no worker runs'] }, 'health_red', /no worker runs/],
  ]
  for (const [fact, rule, message] of cases) {
    const found = findingsOf({ ...calm, ...fact })
    assert.deepEqual(
      found.map((one) => one.rule),
      [rule],
    )
    assert.match(found[0]?.message ?? '', message)
  }
  const looked = new Set([...cases.map(([, rule]) => rule), 'part_not_well'])
  assert.deepEqual([...looked].toSorted(), Object.keys(alertRules).toSorted())
})

test('whoever reads an alarm finds its repair in the runbook', () => {
  const runbook = trackedFiles().find(({ path }) => path === 'docs/runbook.md')?.text ?? ''
  const alarms = runbook.split('\n## Alarms\n')[1]?.split('\n## ')[0] ?? ''
  const sections = Array.from(alarms.matchAll(/^### (\S+)$/gm), ([, name = '']) => name)
  assert.deepEqual(sections.toSorted(), Object.keys(alertRules).toSorted())
})

test('an alarm is raised once, handed over signed though nobody takes it at first, seen to, and over by itself', async () => {
  await using pager = await openOddServer((response, _, count) => answerJson(response, count === 1 ? 503 : 200, {}))
  const env = { ALERT_WEBHOOK_URLS: `${pager.url}/alarms?key=of-the-pager`, ALERT_WEBHOOK_SECRET: 'of-the-alarms' }
  await using shop = await openWorkshop({ env })
  await shop.hire({ outside: async () => {} })
  await shop.db.insertInto('worker').values(aSilentWorker).execute()
  const [first, second] = await Promise.all([lookNow(shop), lookNow(shop)])
  assert.equal(first.opened.length + second.opened.length, 1)
  assert.deepEqual((await lookNow(shop)).opened, [])
  await until(() => pager.requests.length >= 2)
  const [alarm] = (await openOnes(shop)).data
  const id = alarm?.id ?? ''
  assert.deepEqual(
    [alarm?.message, alarm?.runbook],
    ['The worker till-three:42 is silent', 'docs/runbook.md#worker_silent'],
  )
  const [refused, taken] = pager.requests
  const { body = '', headers } = taken ?? {}
  assert.equal(headers?.['x-lightspeed-signature'], `sha256=${hmac(body, 'of-the-alarms').digest('hex')}`)
  const told = JSON.parse(body)
  assert.deepEqual([told.event_id, told.event_type, told.data.id], [`alert-${id}-opened`, 'alert.opened', id])
  assert.equal(JSON.parse(refused?.body ?? '{}').event_id, told.event_id)

  const type = (line: string) => typeCommand(line, { api: shop.api })
  assert.match((await type(`health acknowledge ${id}`)).stdout, /A worker is silent: administrator sees to it\./)
  assert.equal((await type('health acknowledge 99')).exitCode, 1)
  assert.match((await type('health alerts')).stdout, /What helps: See whether its process/)

  await shop.db.deleteFrom('worker').where('id', '=', aSilentWorker.id).execute()
  assert.equal((await lookNow(shop)).resolved.length, 1)
  await until(() => pager.requests.some((request) => request.body.includes('alert.resolved')))
  assert.match((await type('health alerts')).stdout, /No alarm is open/)
  assert.match((await type('health alerts --all')).stdout, /over since .*administrator sees to it/)
  const audited = await shop.db.selectFrom('audit').select('actor').where('action', '=', 'alert.acknowledged').execute()
  assert.deepEqual(audited, [{ actor: 'administrator' }])
  const jobs = await sql<{ data: string }>`select data::text from pgboss.job where name = 'ops.hand-over'`.execute(
    shop.db,
  )
  assert.ok(jobs.rows.length > 0 && !JSON.stringify(jobs.rows).includes('of-the-pager'))
})

test('who keeps a transaction open is named by process and program', async () => {
  await using world = await openWorld()
  await using other = openDatabase(world.databaseUrl, { poolSize: 1 })
  const client = await other.pool.connect()
  try {
    await client.query("set application_name = 'a report'")
    await client.query('begin')
    const [session] = await listIdleSessions(world.db, 0)
    assert.deepEqual([session?.application, session?.minutes], ['a report', 0])
    assert.deepEqual(await listIdleSessions(world.db, 5), [])
  } finally {
    await client.query('rollback')
    client.release()
  }
})

test('a worker looks by the clock, and what the night found in the audit is an alarm', async () => {
  await using shop = await openWorkshop()
  await shop.db.insertInto('audit').values(anEntry).execute()
  await sql`alter table audit disable trigger audit_append_only`.execute(shop.db)
  await sql`update audit set actor = 'nobody' where action = 'till.opened'`.execute(shop.db)
  await shop.hire({ outside: async () => {} })
  const run = (name: string) => shop.api.api.v1.schedules[':name'].runs.$post({ param: { name } })
  await run('audit.verify')
  await until(async () => (await shop.db.selectFrom('audit_check').selectAll().execute()).length > 0)
  await run('ops.watch')
  await until(async () => (await openOnes(shop)).data.some(({ rule }) => rule === 'audit_broken'))
  const [alarm] = (await openOnes(shop)).data
  assert.match(alarm?.message ?? '', /was changed after it was written/)
})

test('a check that may alarm raises one for a part that is not well, and the clock ends it', async () => {
  await using shop = await openShop({ env: { LIGHTSPEED_TOKEN: 'not-the-right-one' } })
  const would = await typeCommand('health check --alert-on-error --dry-run', { api: shop.api })
  assert.match(would.stderr, /Would alarm: A part is not well/)
  assert.deepEqual((await openOnes(shop)).data, [])
  const check = await typeCommand('health check --alert-on-error', { api: shop.api })
  assert.equal(check.exitCode, 1)
  assert.match(check.stderr, /Alarm \d+: A part is not well/)
  assert.match((await openOnes(shop)).data[0]?.message ?? '', /^lightspeed: .*does not accept the token/)
  const again = await typeCommand('health check --alert-on-error', { api: shop.api })
  assert.doesNotMatch(again.stderr, /Alarm/)
})

const anEntry = { action: 'till.opened', entity: 'till', entity_id: '1', actor: 'a', correlation_id: 'c' }

const aSilentWorker = {
  id: '3d0f6f5e-66a4-4b52-9f3b-1f1b0f8c9a01',
  host: 'till-three',
  pid: 42,
  slots: 4,
  seen_at: new Date(Date.now() - 10 * 60_000),
}

async function lookNow({ api }: Pick<Shop, 'api'>) {
  return (await api.api.v1.alerts.evaluations.$post({ query: {} })).json()
}

async function openOnes({ api }: Pick<Shop, 'api'>) {
  return (await api.api.v1.alerts.$get({ query: {} })).json()
}
