import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { openOffice, type Office } from './office.ts'
import type { ShopOptions } from './shop.ts'

type Scanned = { id?: string; code?: string; productId?: string; quantity?: string | number; condition?: string }
export type Dock = Awaited<ReturnType<typeof openDock>>

/** An office where goods arrive. */
export async function openDock(options: ShopOptions = {}) {
  const office = await openOffice(options)
  const { consignments, db } = office
  const here = consignments[':id'].deliveries
  const one = here[':deliveryId']
  const { arrivals, 'recount-requests': recounts } = office.api.api.v1
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
    ...receiptsOf(office),
    ...amendingOf(office),
    openRecounts: async (outletId: string) => (await recounts.$get({ query: { outletId } })).json(),
    arrivals: async (query: { outletId: string; code: string }) => good(await arrivals.$get({ query })).json(),
    ...shownBy(office),
    /** Of each product of the document, what was received and what of it was damaged. */
    received: async (id: string) =>
      Object.fromEntries(
        (await office.show(id)).lines.map(({ productId, received, damaged }) => [productId, [received, damaged]]),
      ),
  }
}

function shownBy({ consignments }: Office) {
  const here = consignments[':id'].deliveries
  return {
    receipt: async (id: string, deliveryId: string) =>
      (await here[':deliveryId'].$get({ param: { id, deliveryId } })).json(),
    deliveries: async (id: string) => (await here.$get({ param: { id } })).json(),
  }
}

/** What is changed after it was counted. */
function amendingOf({ consignments }: Office) {
  const line = consignments[':id'].lines[':lineId']
  return {
    postAmend: (id: string, lineId: string, json: Amended) => line.received.$patch({ param: { id, lineId }, json }),
    amend: async (id: string, lineId: string, json: Amended) =>
      good(await line.received.$patch({ param: { id, lineId }, json })).json(),
    explain: async (id: string, lineId: string, json: { reason: 'short' | 'over'; note: string }) =>
      good(await line.variance.$put({ param: { id, lineId }, json })).json(),
    postAnswer: (id: string, recountId: string, json: { answer: 'recounted'; quantity: string }) =>
      consignments[':id']['recount-requests'][':recountId'].answer.$post({ param: { id, recountId }, json }),
  }
}

type Amended = { received: string; damaged?: Record<string, string>; reason: string }
type Wish = {
  id?: string
  scans?: readonly Scanned[]
  asOrdered?: boolean
  outcome?: 'more_to_come' | 'complete'
  dryRun?: boolean
}

/** Whole deliveries in one request, and codes that nobody knew. */
function receiptsOf({ consignments }: Office) {
  const { receipts } = consignments[':id']
  const codes = consignments[':id']['unknown-codes'][':code']
  const post = (id: string, { scans = [], ...wish }: Wish, headers: Record<string, string> = {}) => {
    const named = scans.map((scan) => ({ id: randomUUID(), ...scan }))
    const json = { id: randomUUID(), ...wish, ...(named.length > 0 ? { scans: named } : {}) }
    return receipts.$post({ param: { id }, json }, { headers })
  }
  type Meaning = { productId: string; units?: string }
  const postAssign = (id: string, code: string, json: Meaning) => codes.$post({ param: { id, code }, json })
  return {
    postReceipt: post,
    receive: async (id: string, wish: Wish) => good(await post(id, wish)).json(),
    postAssign,
    assign: async (id: string, code: string, json: Meaning) => good(await postAssign(id, code, json)).json(),
  }
}

function good<Answer extends { status: number }>(answer: Answer): Answer {
  assert.ok(answer.status < 300, `refused: ${answer.status}`)
  return answer
}
