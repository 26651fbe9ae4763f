import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { startSampling } from '#src/jobs/sampling.ts'
import { openWorkshop, until } from '#test/workers.ts'

test('a job that failed and waits is seen with its reason, and tried at once when somebody asks', async () => {
  await using shop = await openWorkshop()
  let isBroken = true
  await shop.hire({
    outside: async () => {
      if (isBroken) throw new Error('the shelf is away')
    },
  })
  await shop.order('something')
  await until(async () => Object.values(await shop.states()).includes('retry'))
  await sql`update pgboss.job set start_after = now() + interval '1 hour' where state = 'retry'`.execute(shop.db)
  isBroken = false
  const { v1 } = shop.api.api
  const status = await (await v1.status.$get()).json()
  const [failing] = status.failing
  assert.ok(failing && status.failing.length === 1)
  assert.equal(failing.error, 'the shelf is away')
  assert.ok(failing.failed >= 1 && failing.triesLeft >= 1)
  const param = { id: failing.id }
  assert.equal((await v1.jobs[':id'].retry.$post({ param })).status, 202)
  await shop.settled()
  assert.deepEqual(await shop.states(), { something: 'completed' })
  const again = await v1.jobs[':id'].retry.$post({ param })
  assert.equal(again.status, 409)
  assert.match(await again.text(), /job_not_failing/)
  const audited = await shop.db.selectFrom('audit').select('action').where('entity_id', '=', failing.id).execute()
  assert.deepEqual(audited, [{ action: 'job.hurried' }])
})

test('how the queue stands is noted once for each span, however many processes look', async () => {
  await using shop = await openWorkshop()
  await shop.order('one')
  await shop.order('two')
  await sql`insert into queue_sample values (now() - interval '2 hours', 9, 9, 9, 9)`.execute(shop.db)
  const sampling = Array.from({ length: 4 }, () => startSampling(shop.house))
  await until(async () => (await samplesOf(shop)).some(({ waiting }) => waiting === 2))
  for (const one of sampling) await one.stop()
  const samples = await samplesOf(shop)
  assert.ok(samples.length <= 2, 'one, or two where a span ended meanwhile')
  assert.ok(
    samples.every(({ waiting, running }) => waiting === 2 && running === 0),
    'what is older than an hour is forgotten',
  )
})

function samplesOf({ db }: Pick<Awaited<ReturnType<typeof openWorkshop>>, 'db'>) {
  return db.selectFrom('queue_sample').select(['waiting', 'running']).execute()
}
