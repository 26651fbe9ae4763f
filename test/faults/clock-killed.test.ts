import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openOffice, type Office } from '#test/office.ts'
import { startConsign } from '#test/process.ts'
import { rescueAll, until } from '#test/workers.ts'

type Clockwork = {
  schedule: string
  /** One document that is due. */
  due: (office: Office) => Promise<string>
  becomes: string
  /** Notices that it leads to, of each document. */
  notices: number
}

const clockworks: Readonly<Record<string, Clockwork>> = {
  'what is packed is sent': {
    schedule: 'consignments.send-packaged',
    due: (office) => walked(office, '13 hours', 'OPEN', 'PACKING', 'PACKAGED'),
    becomes: 'SENT',
    notices: 0,
  },
  'what was closed a year ago is archived': {
    schedule: 'consignments.archive',
    due: (office) =>
      walked(office, '366 days', 'OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'RECEIVED', 'CLOSED'),
    becomes: 'ARCHIVED',
    notices: 0,
  },
  'what nobody approved is cancelled': {
    schedule: 'approvals.keep',
    due: async (office) => {
      const { id } = await office.order()
      await office.consignments[':id'].approval.$post({ param: { id }, json: { decision: 'submit' } })
      await sql`update approval_request set asked_at = now() - interval '11 days' where consignment_id = ${id}`.execute(
        office.db,
      )
      return id
    },
    becomes: 'CANCELLED',
    notices: 1,
  },
}

for (const [what, { schedule, due, becomes, notices }] of Object.entries(clockworks))
  test(`killed while ${what}: each is done once and whole, or not yet, and the next time the rest`, async () => {
    await using office = await openOffice()
    const ids: string[] = []
    for (let made = 0; made < 4; made += 1) ids.push(await due(office))
    const held = await hold(office, ids[2] ?? '')
    await office.post(`/api/v1/schedules/${schedule}/runs`, {})
    await using consign = startConsign(['worker'], office.settings)
    await until(() => held.somebodyWaits())
    await consign.end('SIGKILL')
    await held.release()
    const before = await Promise.all(ids.map((id) => office.show(id)))
    assert.deepEqual(
      before.map(({ status }) => status === becomes),
      [true, true, false, false],
    )
    for (const id of ids.slice(0, 2)) await doneOnce(office, id, { becomes, notices })
    await sql`update pgboss.job set started_on = started_on - interval '1 minute' where state = 'active'`.execute(
      office.db,
    )
    await rescueAll(office.house.database)
    await office.post(`/api/v1/schedules/${schedule}/runs`, {})
    await office.post('/api/v1/jobs/processing', { kind: schedule, batch: 50 })
    for (const id of ids) await doneOnce(office, id, { becomes, notices })
  })

/** Its status, its audit, its version and what was told agree: the step was taken once. */
async function doneOnce(office: Office, id: string, { becomes, notices }: Pick<Clockwork, 'becomes' | 'notices'>) {
  const { status } = await office.show(id)
  const { data } = await office.timeline(id)
  const steps = data.filter(({ after }) => Object(after).status === becomes)
  const told = await office.db.selectFrom('notice').select('id').where('consignment_id', '=', id).execute()
  assert.deepEqual([status, steps.length, told.length], [becomes, 1, notices])
  const { rows } = await sql`select id from approval_request where consignment_id = ${id} and decision is null`.execute(
    office.db,
  )
  assert.equal(rows.length, 0)
}

/** Somebody has the document open: whoever comes next waits for him. */
async function hold({ house: { database }, db }: Office, id: string) {
  const client = await database.pool.connect()
  await client.query('begin')
  await client.query('select from consignment where id = $1 for update', [id])
  return {
    somebodyWaits: async () => {
      const { rows } = await sql<{ waiting: number }>`
        select count(*) as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%for update%'`.execute(db)
      return (rows[0]?.waiting ?? 0) > 0
    },
    release: async () => {
      await client.query('rollback')
      client.release()
    },
  }
}

async function walked(office: Office, since: string, ...way: Parameters<Office['walk']>[1][]): Promise<string> {
  const { id } = await office.transfer()
  await office.walk(id, ...way)
  await sql`update consignment set status_since = now() - ${since}::interval where id = ${id}`.execute(office.db)
  return id
}
