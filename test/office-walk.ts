import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Db } from '#src/db/database.ts'
import { examples } from '#src/http/examples.ts'

type Ask = (method: string, url: string, sent?: unknown) => Promise<unknown>

const withId = z.object({ id: z.string() })

/** The office: many at once, a file, edits that are only tried, and who approves what. */
export async function workTheOffice(ask: Ask, cast: { outletId: string; supplierId: string; productId: string }) {
  const { outletId, supplierId, productId } = cast
  const file = { type: 'PURCHASE_ORDER', outletId, supplierId, csv: `Product ID,Quantity\n${productId},2\n` }
  for (const dryRun of [true, false]) await ask('POST', '/api/v1/consignments/imports', { ...file, dryRun })
  const lines = [{ productId, quantity: '1' }]
  const order = { type: 'PURCHASE_ORDER', outletId, supplierId, lines }
  const [one, two] = [
    await ask('POST', '/api/v1/consignments', order),
    await ask('POST', '/api/v1/consignments', order),
  ]
  await ask('POST', `/api/v1/consignments/${withId.parse(one).id}/merging`, { into: withId.parse(two).id })
  const { id } = withId.parse(await ask('POST', '/api/v1/consignments', { type: 'STOCKTAKE', outletId, lines: [] }))
  await ask('POST', `/api/v1/consignments/${id}/lines`, { lines, dryRun: true })
  await ask('POST', '/api/v1/consignments/transitions', { ids: [id, 'nothing'], to: 'OPEN', dryRun: true })
  await ask('POST', '/api/v1/consignments/receipts', { receipts: [{ consignmentId: id, id: randomUUID() }] })
  const rules = '/api/v1/approval-rules'
  await ask('POST', `${rules}/tiers`, { ...examples[`POST ${rules}/tiers`], dryRun: true })
  for (const dryRun of [true, false])
    await ask('POST', `${rules}/delegations`, { ...examples[`POST ${rules}/delegations`], dryRun })
}

/** Somebody has changed the order in Lightspeed too. */
export async function disagree(db: Db, id: string) {
  const leg = { consignment_id: id, position: 1, token: `of ${id}` }
  const { id: legId } = await db.insertInto('consignment_leg').values(leg).returning('id').executeTakeFirstOrThrow()
  const side = JSON.stringify({ status: 'OPEN', lines: {} })
  const sides = { reasons: ['Lightspeed says OPEN'], ours: side, theirs: side }
  await db
    .insertInto('consignment_conflict')
    .values({ consignment_id: id, leg_id: legId, ...sides })
    .execute()
}
