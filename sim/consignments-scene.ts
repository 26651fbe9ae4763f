import { numberIn, type Fields } from './body.ts'
import type { Judgments } from './judgments.ts'
import { first, rowIn, rowsIn, visit, type Answer, type Visitor } from './visitor.ts'

export type Scene = Awaited<ReturnType<typeof openScene>>

/** A tiny shop whose consignments are worked on at once: two outlets, a supplier, things to move. */
export async function openScene(judgments: Partial<Judgments> = {}, more: { journal?: string } = {}) {
  const visitor = await visit({ ...more, judgments: { lineProcessingMs: 5, stocktakeJobMs: 5, ...judgments } })
  const cast = await castOf(visitor)
  const { create, add, ...others } = actsOf(visitor, cast.shop)
  return {
    ...cast,
    ...others,
    visitor,
    sim: visitor.sim,
    create,
    add,
    get: (path: string) => visitor.get(path),
    send: (method: string, path: string, body?: unknown) => visitor.send(method, path, body),
    startCount: async (filters: Fields[] = []) => {
      const id = await create({ type: 'STOCKTAKE', filters })
      await others.move(id, 'STOCKTAKE_IN_PROGRESS')
      await until(
        () => others.consignment(id),
        ({ status }) => status === 'STOCKTAKE_IN_PROGRESS_PROCESSED',
      )
      return id
    },
    openOrder: async (...products: string[]) => {
      const id = await create({ type: 'SUPPLIER', supplier_id: cast.supplier })
      for (const product of products) await add(id, { product_id: product, count: 10, cost: 4 })
      return id
    },
    openTransfer: async (...products: string[]) => {
      const id = await create({ type: 'OUTLET', source_outlet_id: cast.hub })
      for (const product of products) await add(id, { product_id: product, count: 10 })
      return id
    },
    [Symbol.asyncDispose]: () => visitor[Symbol.asyncDispose](),
  }
}

async function castOf(visitor: Visitor) {
  const [here, there] = rowsIn(await visitor.get('/outlets'))
  const [shop, hub] = [textOf(here, 'id'), textOf(there, 'id')]
  const goods = await visitor.walk('/products')
  const stocked = await inStock(visitor, shop, hub)
  const things = goods.filter((row) => row['has_inventory'] === true && stocked.has(textOf(row, 'id')))
  const [tea = '', milk = ''] = things.map((row) => textOf(row, 'id'))
  const bundle = goods.find((row) => row['is_composite'] === true)
  const supplier = textOf(first(rowsIn(await visitor.get('/suppliers'))), 'id')
  return { shop, hub, supplier, things, tea, milk, composite: textOf(bundle, 'id') }
}

const path = (id: string): string => `/consignments/${id}`

function actsOf(visitor: Visitor, shop: string) {
  const consignment = async (id: string) => rowIn(await visitor.get(path(id)))
  const lines = async (id: string) => rowsIn(await visitor.get(`${path(id)}/products`))
  return {
    consignment,
    lines,
    create: async (fields: Fields): Promise<string> => {
      const body = { name: 'A story', outlet_id: shop, ...fields }
      return textOf(rowIn(await visitor.send('POST', '/consignments', body)), 'id')
    },
    add: (id: string, line: Fields) => visitor.send('POST', `${path(id)}/products`, line),
    set: (id: string, product: string, line: Fields) => visitor.send('PUT', `${path(id)}/products/${product}`, line),
    bulk: (id: string, items: Fields[]) => visitor.send('POST', `${path(id)}/bulk`, items),
    line: async (id: string, product: string) =>
      first((await lines(id)).filter((line) => line['product_id'] === product)),
    /** The whole object again with a new status, as clients do. */
    move: async (id: string, status: string) => visitor.send('PUT', path(id), { ...(await consignment(id)), status }),
    /** Writes into the inventory row of a product, as trade would. */
    setStock: async (product: string, outlet: string, patch: Fields) => {
      const rows = rowsIn(await visitor.get(`/products/${product}/inventory`))
      const row = first(rows.filter((each) => each['outlet_id'] === outlet))
      await visitor.send('POST', '/sim/change', { collection: 'inventory', id: row['id'], patch })
    },
    stock: async (product: string, outlet: string) =>
      stockIn(await visitor.get(`/products/${product}/inventory`), outlet),
  }
}

export const textOf = (row: Fields | undefined, field: string): string => {
  const value = row?.[field]
  if (typeof value !== 'string') throw new Error(`There is no ${field} in ${JSON.stringify(row)}`)
  return value
}

/** Products of which both outlets have some, in whole pieces. */
async function inStock(visitor: Visitor, here: string, there: string): Promise<Set<string>> {
  const rows = (await visitor.walk('/inventory')).filter((row) => isSome(Number(row['inventory_level'])))
  const at = (outlet: string) =>
    rows.filter((row) => row['outlet_id'] === outlet).map((row) => textOf(row, 'product_id'))
  const elsewhere = new Set(at(there))
  return new Set(at(here).filter((product) => elsewhere.has(product)))
}

const isSome = (level: number) => level > 3 && Number.isInteger(level)

function stockIn(answer: Answer, outlet: string): { level: number; cost: number; version: number } {
  const row = first(rowsIn(answer).filter((each) => each['outlet_id'] === outlet))
  const number = (field: string) => numberIn(row[field]) ?? 0
  return { level: number('inventory_level'), cost: number('average_cost'), version: number('version') }
}

/** Asks again until the answer is right; the last answer when the time is over, right or not. */
export async function until<Value>(
  ask: () => Promise<Value>,
  right: (value: Value) => boolean,
  timeoutMs = 5000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const value = await ask()
    if (right(value) || Date.now() > deadline) return value
    await new Promise((soon) => setTimeout(soon, 5))
  }
}
