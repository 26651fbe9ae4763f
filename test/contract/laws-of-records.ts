import assert from 'node:assert/strict'
import { isRefused, isStatus, need, type Law } from './law.ts'
import { isJson, rowIn, rowsIn, textIn, type Answer, type Json, type Shop } from './shop.ts'

type Kind = {
  path: string
  what: string
  made: number
  changed: number
  removed: number
  /** `deleted=true` is documented for its list. */
  buried?: true
  body: (name: string) => Json
  nameOf: (row: Json) => unknown
}

const named = { body: (name: string) => ({ name }), nameOf: (row: Json) => row['name'] }

/** What can be made, changed and removed, and how each of that is answered. */
const kinds: Kind[] = [
  { path: '/brands', what: 'brand', made: 200, changed: 200, removed: 200, ...named },
  { path: '/suppliers', what: 'supplier', made: 200, changed: 200, removed: 200, ...named },
  { path: '/tags', what: 'tag', made: 200, changed: 200, removed: 200, buried: true, ...named },
  { path: '/variant_attributes', what: 'variant attribute', made: 201, changed: 200, removed: 200, ...named },
  { path: '/customer_groups', what: 'customer group', made: 201, changed: 200, removed: 204, buried: true, ...named },
  {
    path: '/customers',
    what: 'customer',
    made: 201,
    changed: 200,
    removed: 204,
    buried: true,
    body: (name) => ({ first_name: name, last_name: 'Contract' }),
    nameOf: (row) => row['first_name'],
  },
]

/** Records that are no consignments, from their making to their removal. */
export const lawsOfRecords: Law[] = [
  ...kinds.map((kind): Law => ({
    name: `a ${kind.what} is made, renamed and removed, each time with a higher version`,
    writes: true,
    check: (shop) => checkLife(shop, kind),
  })),
  {
    name: 'a customer joins a group and leaves it',
    writes: true,
    check: checkMembership,
  },
  {
    name: 'a product is made with its sku among its codes, and removed',
    writes: true,
    check: checkProduct,
  },
  {
    name: 'a product needs a name',
    writes: true,
    check: async (shop) => isRefused(await shop.send('POST', '/products', { sku: 'nameless' })),
  },
  {
    name: 'a register is closed and opened again, and its summary tells the closure',
    writes: true,
    simulatorOnly: true,
    check: checkRegister,
  },
]

/** A name that nothing else in the shop has. */
const freshName = (what: string): string => `Contract ${what} ${Date.now().toString(36)}`

/** The id in an answer, which is told in four ways. */
function idIn({ body }: Answer): string {
  const data = isJson(body) ? body['data'] : undefined
  const [first]: unknown[] = Array.isArray(data) ? data : [data]
  if (typeof first === 'string') return first
  return isJson(first) ? textIn(first, 'id') : textIn(isJson(body) ? body : {}, 'id')
}

async function checkLife(shop: Shop, kind: Kind): Promise<void> {
  const { path, body, nameOf } = kind
  const [first, second] = [freshName(kind.what), freshName(`other ${kind.what}`)]
  const made = await shop.send('POST', path, body(first))
  isStatus(made, kind.made)
  const id = idIn(made)
  let last: Json = {}
  try {
    const before = rowIn(await shop.get(`${path}/${id}`))
    assert.equal(nameOf(before), first)
    isStatus(await shop.send('PUT', `${path}/${id}`, body(second)), kind.changed)
    last = rowIn(await shop.get(`${path}/${id}`))
    assert.equal(nameOf(last), second)
    await mustRise(shop, path, [before, last])
  } finally {
    isStatus(await shop.send('DELETE', `${path}/${id}`), kind.removed)
  }
  isStatus(await shop.send('DELETE', `${path}/${id}`), 404)
  if (kind.buried) await mustBeBuried(shop, path, last)
}

/** Where rows have versions a change is found above the version before it. */
async function mustRise(shop: Shop, path: string, [before, after]: [Json, Json]): Promise<void> {
  if (before['version'] === undefined) return
  assert.ok(Number(after['version']) > Number(before['version']))
  const rows = rowsIn(await shop.get(`${path}?after=${Number(before['version'])}&page_size=50`))
  assert.ok(rows.some((row) => row['id'] === after['id']))
}

/** What is removed has a higher version than it ever had, and the moment of its deletion. */
async function mustBeBuried(shop: Shop, path: string, last: Json): Promise<void> {
  const after = Number(last['version'] ?? 0)
  const rows = rowsIn(await shop.get(`${path}?deleted=true&after=${after}&page_size=200`))
  const tombstone = need(
    rows.find((row) => row['id'] === last['id']),
    `tombstone in ${path}`,
  )
  assert.notEqual(tombstone['deleted_at'] ?? null, null)
}

async function checkMembership(shop: Shop): Promise<void> {
  const customer = idIn(await shop.send('POST', '/customers', { first_name: freshName('member'), last_name: 'x' }))
  const path = `/customer_groups/${idIn(await shop.send('POST', '/customer_groups', { name: freshName('group') }))}`
  const members = { customer_ids: [customer] }
  const inGroup = async () => rowsIn(await shop.get(`${path}/customers?page_size=50`)).map((row) => row['id'])
  try {
    isStatus(await shop.send('POST', `${path}/customers`, members), 201)
    assert.deepEqual(await inGroup(), [customer])
    isStatus(await shop.send('DELETE', `${path}/customers`, members), 204)
    assert.deepEqual(await inGroup(), [])
  } finally {
    isStatus(await shop.send('DELETE', path), 204)
    isStatus(await shop.send('DELETE', `/customers/${customer}`), 204)
  }
}

async function checkProduct(shop: Shop): Promise<void> {
  const sku = freshName('sku').replaceAll(' ', '-').toLowerCase()
  const made = await shop.send('POST', '/products', { name: freshName('product'), sku, supply_price: 3.5 })
  isStatus(made, 200)
  const id = idIn(made)
  let product: Json = {}
  try {
    product = rowIn(await shop.get(`/products/${id}`))
    assert.deepEqual([product['sku'], product['supply_price']], [sku, 3.5])
    const codes = product['product_codes']
    assert.ok(Array.isArray(codes) && codes.some((code: unknown) => isJson(code) && code['code'] === sku))
  } finally {
    isStatus(await shop.send('DELETE', `/products/${id}`), 200)
  }
  await mustBeBuried(shop, '/products', product)
}

async function checkRegister(shop: Shop): Promise<void> {
  const open = rowsIn(await shop.get('/registers?page_size=100')).find((row) => row['is_open'] === true)
  const id = textIn(need(open, 'open register'), 'id')
  const before = rowIn(await shop.get(`/registers/${id}/payments_summary`))
  isStatus(await shop.send('PUT', `/registers/${id}/actions/close`, { payments: [] }), 200)
  assert.equal(rowIn(await shop.get(`/registers/${id}`))['is_open'], false)
  isStatus(await shop.send('PUT', `/registers/${id}/actions/open`, {}), 200)
  const after = rowIn(await shop.get(`/registers/${id}/payments_summary`))
  assert.notEqual(after['register_closure_id'], before['register_closure_id'])
  assert.ok(Number(after['register_closure_sequence_number']) > Number(before['register_closure_sequence_number']))
}
