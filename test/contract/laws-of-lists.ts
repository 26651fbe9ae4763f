import assert from 'node:assert/strict'
import { isStatus, need, type Law } from './law.ts'
import { misfits } from './shape.ts'
import { lists, type List } from './shapes.ts'
import { isJson, rowIn, rowsIn, textIn, type Answer, type Json, type Shop } from './shop.ts'

const walked = lists.filter(({ whole }) => !whole)
const most = Number.MAX_SAFE_INTEGER

/** What is true of every list that the mirror reads. */
export const lawsOfLists: Law[] = [
  ...walked.map(({ path }) => ({
    name: `${path} is read in ascending versions, page after page, without a row twice`,
    check: (shop: Shop) => checkPages(shop, path),
  })),
  ...walked.map(({ path }) => ({
    name: `${path} ends with an empty page`,
    check: (shop: Shop) => checkEnd(shop, path),
  })),
  ...lists.map((list) => ({
    name: `${list.path} gives rows with the fields that they are known for`,
    check: (shop: Shop) => checkRows(shop, list),
  })),
  ...lists
    .filter(({ deleted }) => deleted)
    .map(({ path, whole }) => ({
      name: `${path} shows deleted rows only when asked for them`,
      check: (shop: Shop) => checkTombstones(shop, path, whole),
    })),
  ...lists
    .filter(({ single }) => single)
    .map(({ path }) => ({
      name: `${path}/{id} is the row of the list`,
      check: (shop: Shop) => checkSingle(shop, path),
    })),
  {
    name: 'products found by sku are found whatever the cursor says',
    check: async (shop) => {
      const rows = rowsIn(await shop.get('/products?page_size=20'))
      const product = need(
        rows.find((row) => textIn(row, 'sku') !== ''),
        'product with a sku',
      )
      const sku = encodeURIComponent(textIn(product, 'sku'))
      const found = rowsIn(await shop.get(`/products?sku=${sku}&after=${most}`))
      assert.ok(found.some((row) => row['id'] === product['id']))
    },
  },
  {
    name: 'a product has one inventory row at an outlet',
    check: async (shop) => {
      const product = textIn(need(rowsIn(await shop.get('/inventory?page_size=1'))[0], 'inventory'), 'product_id')
      const rows = rowsIn(await shop.get(`/products/${product}/inventory?page_size=500`))
      const outlets = rows.map((row) => row['outlet_id'])
      assert.equal(new Set(outlets).size, outlets.length)
      assert.ok(rows.every((row) => row['product_id'] === product))
    },
  },
  {
    name: 'consignments are found by type, status and outlet',
    check: async (shop) => {
      const some = need(rowsIn(await shop.get('/consignments?page_size=50')).at(-1), 'consignment')
      for (const field of ['type', 'status', 'outlet_id']) {
        const rows = rowsIn(await shop.get(`/consignments?page_size=50&${field}=${textIn(some, field)}`))
        assert.ok(rows.length > 0, field)
        assert.ok(
          rows.every((row) => row[field] === some[field]),
          field,
        )
      }
    },
  },
]

/** `{data, version: {min, max}}`: the cursor of a page. */
function cursorOf({ body, path }: Answer): { min: number; max: number } {
  const version = isJson(body) ? body['version'] : undefined
  assert.ok(isJson(version), `${path} has no version envelope`)
  return { min: Number(version['min']), max: Number(version['max']) }
}

const versionOf = (row: Json): number => Number(row['version'])

async function checkPages(shop: Shop, path: string): Promise<void> {
  const seen = new Set<unknown>()
  let after = 0
  for (let page = 0; page < 3; page++) {
    const answer = await shop.get(`${path}?after=${after}&page_size=7`)
    isStatus(answer, 200)
    const rows = rowsIn(answer)
    if (rows.length === 0) {
      need(page === 0 ? undefined : page, `rows in ${path}`)
      return
    }
    const versions = rows.map(versionOf)
    const { min, max } = cursorOf(answer)
    assert.ok(rows.length <= 7, `${rows.length} rows in a page of 7`)
    assert.deepEqual(
      versions,
      versions.toSorted((one, other) => one - other),
    )
    assert.deepEqual([min, max], [versions[0], versions.at(-1)])
    assert.ok(min > after, `a row of version ${min} after ${after}`)
    for (const version of versions) assert.ok(!seen.has(version), `version ${version} twice`)
    for (const version of versions) seen.add(version)
    after = max
  }
  await checkBefore(shop, path, after)
}

async function checkBefore(shop: Shop, path: string, before: number): Promise<void> {
  const rows = rowsIn(await shop.get(`${path}?before=${before}&page_size=50`))
  assert.ok(rows.length > 0)
  assert.ok(rows.every((row) => versionOf(row) <= before))
}

async function checkEnd(shop: Shop, path: string): Promise<void> {
  const answer = await shop.get(`${path}?after=${most}&page_size=7`)
  isStatus(answer, 200)
  assert.deepEqual(isJson(answer.body) ? answer.body['data'] : undefined, [])
}

async function checkRows(shop: Shop, { path, shape, key = ['id'] }: List): Promise<void> {
  const rows = rowsIn(await shop.get(`${path}?page_size=200`))
  need(rows[0], `rows in ${path}`)
  const wrong = rows.flatMap((row) => misfits(shape, row).map((misfit) => `${textIn(row, 'id')}: ${misfit}`))
  assert.deepEqual(wrong.slice(0, 10), [])
  const keys = rows.map((row) => key.map((field) => row[field]).join(' '))
  assert.equal(new Set(keys).size, keys.length, `${path} has a ${key.join(' and ')} twice`)
}

const isDeleted = (row: Json): boolean => row['deleted_at'] !== undefined && row['deleted_at'] !== null

async function checkTombstones(shop: Shop, path: string, whole: true | undefined): Promise<void> {
  const size = whole ? '' : '&page_size=1000'
  const [living, all] = [await shop.get(`${path}?deleted=false${size}`), await shop.get(`${path}?deleted=true${size}`)]
  assert.deepEqual(rowsIn(living).filter(isDeleted), [])
  need(rowsIn(all).find(isDeleted), `deleted rows among the first of ${path}`)
}

async function checkSingle(shop: Shop, path: string): Promise<void> {
  const row = need(rowsIn(await shop.get(`${path}?page_size=1`))[0], `rows in ${path}`)
  const single = await shop.get(`${path}/${textIn(row, 'id')}`)
  isStatus(single, 200)
  assert.deepEqual([rowIn(single)['id'], rowIn(single)['name']], [row['id'], row['name']])
}
