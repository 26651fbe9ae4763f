import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDoors, problem, type Door, type OpenDoors } from './doors.ts'

/** Boxes and drafts belong to whoever holds the lock of packing, one at a time: nobody else can have edited them meanwhile. */
const underPackLock = [
  'DELETE /api/v1/consignments/{id}/boxes/{boxId}',
  'DELETE /api/v1/consignments/{id}/pack-lock',
  'DELETE /api/v1/consignments/{id}/packing-draft',
  'PATCH /api/v1/consignments/{id}/boxes/{boxId}',
  'PUT /api/v1/consignments/{id}/boxes/{boxId}/items/{lineId}',
  'PUT /api/v1/consignments/{id}/pack-lock',
  'PUT /api/v1/consignments/{id}/packing-draft',
]

test('whatever is edited where a version is told may say which version it means, and every POST may say that it is the same again', async () => {
  await using shop = await openDoors()
  const versioned = shop.doors.filter(({ method, etag }) => method === 'get' && etag).map(({ path }) => path)
  assert.ok(
    versioned.includes('/api/v1/consignments/{id}') && versioned.includes('/api/v1/cases/{id}'),
    versioned.join(),
  )
  const edits = shop.doors.filter(
    ({ method, path }) =>
      ['put', 'patch', 'delete'].includes(method) &&
      versioned.some((root) => path === root || path.startsWith(`${root}/`)),
  )
  const careless = edits.filter((door) => !takes(door, 'If-Match')).map(({ name }) => name)
  assert.deepEqual(careless.toSorted(), underPackLock)
  const forgetful = shop.guarded.filter((door) => door.method === 'post' && !takes(door, 'Idempotency-Key'))
  assert.deepEqual(
    forgetful.map(({ name }) => name),
    [],
  )
})

test('a door that takes a version keeps to it: who means another one is told both, and nothing is done', async () => {
  await using shop = await openDoors()
  const id = await draftOf(shop)
  const doors = shop.doors.filter(
    (door) => door.path.startsWith('/api/v1/consignments/{id}') && takes(door, 'If-Match'),
  )
  assert.ok(doors.length > 15)
  const loose: string[] = []
  for (const door of doors) {
    const url = door.url.replace(/consignments\/[^/?]+/, `consignments/${id}`)
    const headers = { 'if-match': '"999"' }
    const body =
      typeof door.example === 'object' && door.example !== null ? { ...door.example, dryRun: false } : undefined
    const answer = await shop.knock({ ...door, url }, { body: accepts(door, 'dryRun') ? body : door.example, headers })
    const told = problem.safeParse(await answer.json())
    if (told.data?.code !== 'version_conflict') loose.push(`${door.name}: ${answer.status} ${told.data?.code}`)
  }
  assert.deepEqual(loose, [])
  const { rows } = await shop.house.database.pool.query('select version::int from consignment where id = $1', [id])
  assert.deepEqual(rows, [{ version: 1 }])
})

function takes({ parameters }: Door, header: string): boolean {
  return parameters.some((one) => one.in === 'header' && one.name === header)
}

function accepts({ schema }: Door, field: string): boolean {
  return JSON.stringify(schema ?? {}).includes(`"${field}"`)
}

async function draftOf(shop: OpenDoors): Promise<string> {
  await shop.house.database.pool.query(
    `insert into mirror.outlet (id, name, version, raw) values ('here', 'Here', 1, '{}')`,
  )
  const made = await shop.knock(
    { method: 'post', url: '/api/v1/consignments' },
    { body: { type: 'STOCKTAKE', outletId: 'here', lines: [] } },
  )
  const said: unknown = await made.json()
  return String(Object(said).id)
}
