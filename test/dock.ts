import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { openOffice } from './office.ts'
import type { ShopOptions } from './shop.ts'

type Scanned = { id?: string; code?: string; productId?: string; quantity?: string | number; condition?: string }
export type Dock = Awaited<ReturnType<typeof openDock>>

/** An office where goods arrive. */
export async function openDock(options: ShopOptions = {}) {
  const office = await openOffice(options)
  const { consignments, db } = office
  const here = consignments[':id'].deliveries
  const one = here[':deliveryId']
  const count = async (id: string, deliveryId: string, scans: readonly object[]) => {
    const answer = await one.scans.$post({ param: { id, deliveryId }, json: { scans: [...scans] } })
    assert.equal(answer.status, 200, await answer.clone().text())
    return answer.json()
  }
  return {
    ...office,
    /** An order that was sent, of so many of each product. */
    sent: async (wanted: Record<string, number>) => {
      const lines = Object.entries(wanted).map(([productId, quantity]) => ({ productId, quantity }))
      const order = await office.order(lines)
      await sql`update consignment set status = 'OPEN', approval = 'approved' where id = ${order.id}`.execute(db)
      await office.walk(order.id, 'SENT')
      return order
    },
    /** Answers the id of the delivery. */
    begin: async (id: string, deliveryId: string = randomUUID()) => {
      const answer = await here.$post({ param: { id }, json: { id: deliveryId } })
      assert.ok(answer.status < 300, await answer.clone().text())
      return (await answer.json()).id
    },
    count,
    scan: async (id: string, deliveryId: string, scans: readonly Scanned[]) => {
      const named = scans.map((scan) => ({ id: randomUUID(), quantity: 1, ...scan }))
      return (await count(id, deliveryId, named)).results
    },
    postScans: (id: string, deliveryId: string, scans: readonly object[]) =>
      one.scans.$post({ param: { id, deliveryId }, json: { scans: [...scans] } }),
    end: async (id: string, deliveryId: string, outcome: 'more_to_come' | 'complete') => {
      const answer = await one.completion.$post({ param: { id, deliveryId }, json: { outcome } })
      assert.equal(answer.status, 200, await answer.clone().text())
      return answer.json()
    },
    postEnd: (id: string, deliveryId: string, outcome: 'more_to_come' | 'complete') =>
      one.completion.$post({ param: { id, deliveryId }, json: { outcome } }),
    receipt: async (id: string, deliveryId: string) => (await one.$get({ param: { id, deliveryId } })).json(),
    deliveries: async (id: string) => (await here.$get({ param: { id } })).json(),
    /** Of each product of the document, what was received and what of it was damaged. */
    received: async (id: string) =>
      Object.fromEntries(
        (await office.show(id)).lines.map(({ productId, received, damaged }) => [productId, [received, damaged]]),
      ),
  }
}
