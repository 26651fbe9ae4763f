import { eventually, isStatus, need } from './law.ts'
import { rowIn, rowsIn, textIn, type Answer, type Json, type Shop } from './shop.ts'

export type Stage = Awaited<ReturnType<typeof setStage>>

/** Plays a story with consignments of its own and takes away what can be taken away. */
export async function onStage(shop: Shop, play: (stage: Stage) => Promise<void>): Promise<void> {
  const made: string[] = []
  try {
    await play(await setStage(shop, made))
  } finally {
    for (const id of shop.kind === 'real' ? made : []) await clear(shop, id)
  }
}

async function setStage(shop: Shop, made: string[]) {
  const cast = await castOf(shop)
  const acts = actsOf(shop)
  const create = async (fields: Json): Promise<string> => {
    const body = { name: 'Contract check', outlet_id: cast.here, ...fields }
    const answer = await shop.send('POST', '/consignments', body)
    isStatus(answer, 201)
    made.push(textIn(rowIn(answer), 'id'))
    return textIn(rowIn(answer), 'id')
  }
  const filled = async (id: string, count: number, cost?: number) => {
    for (const product_id of [cast.tea, cast.milk]) {
      isStatus(await acts.add(id, { product_id, count, ...(cost === undefined ? {} : { cost }) }), 200)
    }
    return id
  }
  /** Ten of each of two products at 4.00, OPEN. */
  const order = async () => filled(await create({ type: 'SUPPLIER', supplier_id: cast.supplier }), 10, 4)
  return {
    shop,
    ...cast,
    ...acts,
    create,
    order,
    /** An order of which one thing has come. */
    dispatched: async () => {
      const id = await order()
      isStatus(await acts.move(id, 'SENT'), 200)
      isStatus(await acts.set(id, cast.tea, { received: 1 }), 200)
      return id
    },
    transfer: async () => filled(await create({ type: 'OUTLET', source_outlet_id: cast.there }), 2),
    toSupplier: async () => filled(await create({ type: 'RETURN', supplier_id: cast.supplier }), 1),
    /** A count of two products, filled by the shop's own job. */
    count: async () => {
      const filters = [cast.tea, cast.milk].map((value) => ({ type: 'product', value }))
      const id = await create({ type: 'STOCKTAKE', status: 'STOCKTAKE_SCHEDULED', filters })
      isStatus(await acts.move(id, 'STOCKTAKE_IN_PROGRESS'), 200)
      await eventually(
        shop,
        () => acts.statusOf(id),
        (status) => status === 'STOCKTAKE_IN_PROGRESS_PROCESSED',
      )
      return id
    },
  }
}

const path = (id: string): string => `/consignments/${id}`

function actsOf(shop: Shop) {
  const consignment = async (id: string): Promise<Json> => rowIn(await shop.get(path(id)))
  const lines = async (id: string): Promise<Json[]> => rowsIn(await shop.get(`${path(id)}/products?page_size=200`))
  const update = async (id: string, fields: Json): Promise<Answer> =>
    shop.send('PUT', path(id), { ...(await consignment(id)), ...fields })
  return {
    consignment,
    lines,
    update,
    move: (id: string, status: string) => update(id, { status }),
    statusOf: async (id: string) => textIn(await consignment(id), 'status'),
    line: async (id: string, product: string) => (await lines(id)).find((each) => each['product_id'] === product) ?? {},
    add: (id: string, line: Json) => shop.send('POST', `${path(id)}/products`, line),
    set: (id: string, product: string, line: Json) =>
      shop.send('PUT', `${path(id)}/products/${product}`, { product_id: product, ...line }),
    remove: (id: string, product: string) => shop.send('DELETE', `${path(id)}/products/${product}`),
    bulk: (id: string, items: Json[]) => shop.send('POST', `${path(id)}/bulk`, items),
    level: async (product: string, outlet: string): Promise<number> => {
      const rows = rowsIn(await shop.get(`/products/${product}/inventory?page_size=500`))
      return Number(rows.find((row) => row['outlet_id'] === outlet)?.['inventory_level'] ?? 0)
    },
  }
}

async function castOf(shop: Shop) {
  const [here, there] = rowsIn(await shop.get('/outlets?page_size=50')).map((row) => textIn(row, 'id'))
  const [supplier] = rowsIn(await shop.get('/suppliers?page_size=50')).map((row) => textIn(row, 'id'))
  const goods = rowsIn(await shop.get('/products?page_size=200'))
  const plain = goods.filter((row) => row['has_inventory'] === true && row['active'] === true && !row['is_composite'])
  const [tea, milk] = plain.map((row) => textIn(row, 'id'))
  return {
    here: need(here, 'outlet'),
    there: need(there, 'second outlet'),
    supplier: need(supplier, 'supplier'),
    tea: need(tea, 'product that has stock'),
    milk: need(milk, 'second product that has stock'),
    composite: goods.find((row) => row['is_composite'] === true)?.['id'],
  }
}

/** What cannot be deleted any more is cancelled; what cannot be cancelled stays. */
async function clear(shop: Shop, id: string): Promise<void> {
  if ((await shop.send('DELETE', path(id))).status < 300) return
  const whole = rowIn(await shop.get(path(id)))
  await shop.send('PUT', path(id), { ...whole, status: 'CANCELLED' })
}
