import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { openOffice, type Office } from './office.ts'
import { envelope, sendEnvelope, signed, webhookEnv } from './webhooks.ts'

/** An office in which time has passed: packed, waiting and closed documents, the clock, and a courier who reports. */
export async function openWaitingOffice() {
  const office = await openOffice({ env: webhookEnv })
  const work = (kind: string) => workNow(office, kind)
  const packed = (lines?: Parameters<Office['transfer']>[0]) => packedIn(office, lines)
  const attention = async (query: { overdue?: 'true'; stuck?: 'true' }) => {
    const { data } = await (await office.consignments.attention.$get({ query })).json()
    return data.map(({ id, because }) => [id, because.map(({ code }) => code)])
  }
  return {
    ...office,
    packed,
    work,
    attention,
    stuck: () => attention({ stuck: 'true' }),
    closed: async () => {
      const id = await packed()
      await office.walk(id, 'SENT', 'RECEIVING', 'RECEIVED', 'CLOSED')
      return id
    },
    /** As if it had been in its status since so many hours. */
    ago: (id: string, hours: number) =>
      sql`update consignment set status_since = now() - make_interval(hours => ${hours}) where id = ${id}`.execute(
        office.db,
      ),
    waited: (id: string, hours: number) => waited(office, id, hours),
    /** An order that was submitted so many hours ago. */
    waiting: async (hours: number) => {
      const { id } = await office.order()
      await office.consignments[':id'].approval.$post({ param: { id }, json: { decision: 'submit' } })
      await waited(office, id, hours)
      return id
    },
    /** What the clock does, now. */
    run: async (name: 'consignments.send-packaged' | 'consignments.archive' | 'approvals.keep') => {
      await office.post(`/api/v1/schedules/${name}/runs`, {})
      await work(name)
    },
    track: (id: string, reference: string) =>
      office.consignments[':id'].tracking.$post({ param: { id }, json: { reference, carrier: 'nzpost' } }),
    courier: (type: string, data: object) => courierSays(office, type, data),
  }
}

async function workNow(office: Office, kind: string) {
  const answer = await office.post('/api/v1/jobs/processing', { kind, batch: 50 })
  assert.deepEqual([answer.status, Object(await answer.json()).failed], [200, 0])
}

async function packedIn(office: Office, lines?: Parameters<Office['transfer']>[0]) {
  const { id } = await office.transfer(lines)
  await office.walk(id, 'OPEN', 'PACKING', 'PACKAGED')
  return id
}

async function courierSays(office: Office, type: string, data: object) {
  const letter = envelope({ event_type: type, data })
  const answer = await sendEnvelope(
    office,
    letter,
    signed(letter, 'the-secret-of-the-post'),
    '/webhooks/courier/nzpost',
  )
  assert.equal(answer.status, 202)
  await workNow(office, 'webhooks.process')
  await workNow(office, 'consignments.pick-up')
}

async function waited({ db }: Office, id: string, hours: number) {
  await sql`update approval_request set asked_at = now() - make_interval(hours => ${hours})
    where consignment_id = ${id}`.execute(db)
}
