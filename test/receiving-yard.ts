import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#src/db/database.ts'
import type { Office } from './office.ts'

type Condition = 'good' | 'damaged_in_transit' | 'damaged_in_store' | 'expired' | 'wrong_item'

/** What more came of a product, by its condition. */
export type Arrived = { readonly [In in Condition]?: string | number }

/** Scans what came: into the delivery that is open, or a new one. It ends with the step to PARTIAL or RECEIVED. */
export async function count({ consignments }: Office, id: string, arrived: Readonly<Record<string, Arrived>>) {
  const param = { id }
  const begun = await consignments[':id'].deliveries.$post({ param, json: { id: randomUUID() } })
  assert.ok(begun.ok, 'a delivery is begun')
  const deliveryId = (await begun.json()).id
  const scans = Object.entries(arrived).flatMap(([productId, conditions]) =>
    Object.entries(conditions).map(([condition, quantity]) => ({ id: randomUUID(), productId, quantity, condition })),
  )
  const address = { param: { id, deliveryId }, json: { scans } }
  const counted = await consignments[':id'].deliveries[':deliveryId'].scans.$post(address)
  assert.equal(counted.status, 200)
}

/** An order that is approved and on its way, of which goods are being received. */
export async function orderBeingReceived(office: Office, planned: Readonly<Record<string, string | number>>) {
  const lines = Object.entries(planned).map(([productId, quantity]) => ({ productId, quantity }))
  const { id } = await office.order(lines)
  for (const decision of ['submit', 'approve'] as const) await approval(office, id, decision)
  await office.walk(id, 'SENT', 'RECEIVING')
  return id
}

/** Whoever has all rights may approve what he submitted only when the setting says so. */
async function approval({ api, consignments }: Office, id: string, decision: 'submit' | 'approve') {
  await api.api.v1['approval-rules'].$patch({ json: { ownAllowed: true } })
  assert.equal((await consignments[':id'].approval.$post({ param: { id }, json: { decision } })).status, 200, decision)
}

/** The cases of a document, newest first. */
export async function casesOf(office: Office, consignment: string) {
  const { data } = await (await office.api.api.v1.cases.$get({ query: { consignment } })).json()
  return data
}

/** The sums of cases and of variances, document by document, as the database alone knows them; they must be the same. */
export async function mustAddUp(db: Db) {
  const { rows } = await sql<{ number: string; cases: string; differences: string }>`
    with bad as (
      select consignment_id, product_id, sum(quantity) as wrong from scan_event
      where condition = 'wrong_item' group by consignment_id, product_id
    ), packed as (
      select consignment_id, bool_or(packed > 0) as any from consignment_line group by consignment_id
    ), difference as (
      select d.id, d.number, l.id as line_id,
        coalesce(l.received, 0) - l.damaged + coalesce(bad.wrong, 0) as usable,
        case when d.type = 'OUTLET_TRANSFER' and packed.any then l.packed else l.quantity end as expected,
        coalesce(l.received, 0) - coalesce(bad.wrong, 0) as came, l.damaged - coalesce(bad.wrong, 0) as damaged,
        d.status
      from consignment d join consignment_line l on l.consignment_id = d.id join packed on packed.consignment_id = d.id
      left join bad on bad.consignment_id = d.id and bad.product_id = l.product_id
      where d.type in ('PURCHASE_ORDER', 'OUTLET_TRANSFER') and d.status in ('PARTIAL', 'RECEIVED', 'CLOSED', 'ARCHIVED')
    )
    select number, trim_scale(sum((select coalesce(sum(c.quantity), 0) from discrepancy_case c where c.line_id = difference.line_id)))::text as cases,
      trim_scale(sum(case when status = 'PARTIAL' and came < expected then usable - came else usable - expected end))::text as differences
    from difference group by number order by number`.execute(db)
  assert.deepEqual(
    rows.map(({ number, cases }) => [number, cases]),
    rows.map(({ number, differences }) => [number, differences]),
  )
  return rows
}
