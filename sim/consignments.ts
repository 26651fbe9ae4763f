import type { Context } from 'hono'
import { fieldsOf, isFields, jsonOf, type Fields } from './body.ts'
import {
  dispatchWhenArrived,
  itemOf,
  mustTake,
  productFor,
  removeLine,
  writeLine,
  type Item,
} from './consignments-edits.ts'
import { createConsignment, deleteConsignment, no, updateConsignment } from './consignments-headers.ts'
import { consignmentOf, consignmentOnWire, lineOnWire, putConsignment, statusOf, typeOf } from './consignments-rows.ts'
import type { Type } from './consignments-statuses.ts'
import { totalsOf } from './consignments-totals.ts'
import type { SimApp, SimContext, SimEnv } from './context.ts'
import { isDeleted } from './layer.ts'
import { envelope, pageOf } from './paging.ts'
import { processLines, resumeProcessing } from './processing.ts'
import { found, Refused, refused } from './refused.ts'
import { fillCount, postCount, resumeCounts, variancesOf } from './stocktakes.ts'
import type { Row } from './store.ts'

const path = '/api/2.0/consignments'

/** Orders, transfers, returns and counts: their headers, their lines, and what Lightspeed does with them afterwards. */
export function mountConsignments(app: SimApp, context: SimContext): void {
  headers(app, context)
  lines(app, context)
  resumeProcessing(context)
  resumeCounts(context)
}

function headers(app: SimApp, context: SimContext): void {
  const { judgments } = context
  const shown = (row: Row) => ({ data: consignmentOnWire(row, judgments) })
  app.get(path, (c) => {
    const rows = context.store.list('consignments', { ...pageOf(c, judgments), where: asked(c, context) })
    const data = rows.map((row) => consignmentOnWire(row, judgments))
    return c.json(envelope(rows, data, judgments))
  })
  app.post(path, async (c) => {
    const body = await fieldsOf(c)
    mayWrite(c, body['type'])
    const row = createConsignment(context, body)
    setOff(context, row)
    return c.json(shown(row), 201)
  })
  app.get(`${path}/:id`, (c) => c.json(shown(asReadable(context, c.req.param('id')))))
  app.put(`${path}/:id`, async (c) => {
    const before = writable(c, context)
    const row = updateConsignment(context, before.id, await fieldsOf(c))
    return c.json(shown(statusOf(row) === statusOf(before) ? row : setOff(context, row)))
  })
  app.delete(`${path}/:id`, (c) => {
    const row = deleteConsignment(context, writable(c, context).id)
    processLines(context, row.id)
    return c.body(null, 204)
  })
  app.get(`${path}/:id/totals`, (c) => c.json({ data: [totalsOf(context, existing(context, c.req.param('id')))] }))
}

function lines(app: SimApp, context: SimContext): void {
  const { judgments } = context
  app.get(`${path}/:id/products`, (c) => {
    const { id } = asReadable(context, c.req.param('id'))
    const rows = context.store.list('consignment_products', { ...pageOf(c, judgments), of: id })
    const data = rows.map((row) => lineOnWire(row, judgments))
    return c.json(envelope(rows, data, judgments))
  })
  app.post(`${path}/:id/products`, async (c) => {
    const consignment = writable(c, context)
    mustTake(context, consignment, 'add')
    const shown = lineOnWire(written(context, consignment, itemOf(await fieldsOf(c)), 'add'), judgments)
    return c.json({ data: judgments.addedLineAnswer === 'complete' ? { ...unsaid, ...shown } : shown })
  })
  app.put(`${path}/:id/products/:product`, async (c) => {
    const consignment = writable(c, context)
    mustTake(context, consignment, 'set')
    const item = itemOf(await fieldsOf(c), c.req.param('product'))
    return c.json({ data: lineOnWire(written(context, consignment, item, 'set'), judgments) })
  })
  app.delete(`${path}/:id/products/:product`, (c) => {
    const consignment = writable(c, context)
    mustTake(context, consignment, 'remove')
    removeLine(context, consignment, c.req.param('product'))
    return c.body(null, 204)
  })
  app.post(`${path}/:id/bulk`, async (c) => {
    const consignment = writable(c, context)
    mustTake(context, consignment, 'bulk')
    return c.json({ data: bulk(context, consignment, await jsonOf(c)) })
  })
}

/** What the schema of an added line requires though the line may not have it. */
const unsaid = { cost: '0.00000', deleted_at: null }

/** Which consignments a list is about. */
function asked(c: Context, { judgments }: SimContext): (row: Row) => boolean {
  const { type, status, outlet_id: outlet } = c.req.query()
  const at = (row: Row) =>
    row['outlet_id'] === outlet || (judgments.outletFilterFindsSource && row['source_outlet_id'] === outlet)
  return (row) =>
    (type === undefined || row['type'] === type) &&
    (status === undefined || row['status'] === status) &&
    (outlet === undefined || at(row))
}

const existing = (context: SimContext, id: string): Row => found(consignmentOf(context, id), 'Consignment')

function asReadable({ store, judgments }: SimContext, id: string): Row {
  const row = store.get('consignments', id)
  return found(row && isDeleted(row) && !judgments.deletedConsignmentReadable ? undefined : row, 'Consignment')
}

/** The consignment of a request that changes it, if the token may. */
function writable(c: Context<SimEnv>, context: SimContext): Row {
  const row = existing(context, c.req.param('id') ?? '')
  mayWrite(c, typeOf(row))
  return row
}

const scopes: { [type in Type]: string } = {
  SUPPLIER: 'consignments:write:stock_order',
  RETURN: 'consignments:write:stock_order',
  OUTLET: 'consignments:write:stock_transfer',
  STOCKTAKE: 'consignments:write:inventory_count',
}

function mayWrite(c: Context<SimEnv>, type: unknown): void {
  const scope = Object.entries(scopes).find(([name]) => name === type)?.[1]
  if (scope === undefined || c.var.allows(scope)) return
  throw new Refused(403, { error: 'user missing required permissions', message: `The token lacks the scope ${scope}` })
}

/** What a new status sets going. */
function setOff(context: SimContext, row: Row): Row {
  const status = statusOf(row)
  if (status === 'STOCKTAKE_IN_PROGRESS') fillCount(context, row.id)
  if (status === 'STOCKTAKE_COMPLETE') {
    postCount(context, row.id)
    return putConsignment(context, { ...row, ...variancesOf(context, row.id) })
  }
  if (typeOf(row) !== 'STOCKTAKE' && status !== 'OPEN') processLines(context, row.id)
  return row
}

function written(context: SimContext, consignment: Row, item: Item, verb: 'add' | 'set'): Row {
  const row = writeLine(context, consignment, item, verb)
  dispatchWhenArrived(context, consignment, [item], verb)
  if (statusOf(consignment) === 'SENT') processLines(context, consignment.id)
  return row
}

/** Adds every item of a list and answers the quantities that came of it, by product. */
function bulk(context: SimContext, consignment: Row, body: unknown): Fields {
  const list: unknown = isFields(body) ? body['data'] : body
  if (!Array.isArray(list)) throw refused(400, 'The body is not a list')
  const items = list.map((each: unknown) => itemOf(isFields(each) ? each : {}))
  if (items.some(({ count, received }) => count === undefined && received === undefined)) {
    throw no(context, 'Each product needs a count or a received quantity')
  }
  if (context.judgments.bulkIsAtomic) for (const { productId } of items) productFor(context, consignment, productId)
  const rows = items.map((item) => ({ item, row: writeLine(context, consignment, item, 'bulk') }))
  dispatchWhenArrived(context, consignment, items, 'bulk')
  if (statusOf(consignment) === 'SENT') processLines(context, consignment.id)
  return Object.fromEntries(rows.map(({ item, row }) => [item.productId, quantities(item, row)]))
}

const quantities = ({ count, received }: Item, row: Row): Fields => ({
  ...(count === undefined ? {} : { count: row['count'] }),
  ...(received === undefined ? {} : { received: row['received'] }),
})
