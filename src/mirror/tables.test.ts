import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { openWorld } from '#test/world.ts'
import type { Db } from '../db/database.ts'
import { decimal, kindOf, timestamp, type FieldKind } from '../lightspeed/wire/fields.ts'
import type { Entity } from './entity.ts'
import { entities, entityNamed, resourceNamed, resources } from './tables.ts'

const typeOf: Record<FieldKind, string> = {
  id: 'text C',
  version: 'bigint',
  text: 'text',
  integer: 'bigint',
  decimal: 'numeric',
  quantity: 'numeric',
  boolean: 'boolean',
  timestamp: 'timestamp with time zone',
  json: 'jsonb',
}

test('the mirror has its 28 tables, each with a column of the right type for everything that is read', async () => {
  await using world = await openWorld()
  const real = await readColumns(world.db)
  const expected = entities.flatMap(expectedTables)
  assert.equal(expected.length, 28)
  for (const { table, columns } of expected) assert.deepEqual(real.get(table), columns, `columns of mirror.${table}`)
})

test('each row is found by the key that the sync merges by', async () => {
  await using world = await openWorld()
  const real = await readKeys(world.db)
  for (const { table, key } of resources) assert.deepEqual(real.get(table), key, `key of mirror.${table}`)
})

test('PostgreSQL takes whatever price and moment the mirror lets in, and gives the price back to the digit', async () => {
  await using world = await openWorld()
  const moments = fc.sample(oddMoments, { numRuns: 4000, seed: 1 }).flatMap((sent) => timestamp().parse(sent) ?? [])
  const prices = fc.sample(oddPrices, { numRuns: 2000, seed: 1 }).flatMap((sent) => decimal().parse(sent) ?? [])
  const plain = prices.filter((price) => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(price) && !/^-0(\.0*)?$/.test(price))
  assert.ok(moments.length > 500 && prices.length > 500 && plain.length > 100, 'the samples are worth something')
  await sql`select v::timestamptz from unnest(${moments}::text[]) v`.execute(world.db)
  await sql`select v::numeric from unnest(${prices}::text[]) v`.execute(world.db)
  const back = await sql<{ price: string }>`select v::numeric as price from unnest(${plain}::text[]) v`.execute(
    world.db,
  )
  assert.deepEqual(
    back.rows.map(({ price }) => price),
    plain,
  )
})

test('what others hang on is synchronised before them', () => {
  const order: string[] = entities.map(({ name }) => name)
  for (const { name, nestedIn } of entities.map((entity): Entity => entity)) {
    if (nestedIn)
      assert.ok(order.indexOf(nestedIn.entity) < order.indexOf(name), `${name} comes before ${nestedIn.entity}`)
  }
  for (const first of ['outlets', 'suppliers', 'brands', 'categories'])
    assert.ok(order.indexOf(first) < order.indexOf('products'))
})

test('everything has its own name and table, and a wrong name is answered with the right ones', () => {
  assert.equal(new Set(resources.map(({ name }) => name)).size, 28)
  assert.equal(new Set(resources.map(({ table }) => table)).size, 28)
  assert.equal(entityNamed('categories').table, 'product_type')
  assert.deepEqual(resourceNamed('sale-line-items').key, ['sale_id', 'position'])
  assert.throws(() => entityNamed('sale-line-items'), { name: 'Refusal', code: 'entity_unknown' })
  assert.throws(() => resourceNamed('prodcuts'), { code: 'entity_unknown', message: /price-books, product-codes/ })
})

type Columns = Record<string, string>

function expectedTables(entity: Entity): { table: string; columns: Columns }[] {
  const owned = [...entity.key, entity.nestedIn?.column ?? []]
    .flat()
    .filter((column) => !(column in entity.record.shape))
  const own = Object.fromEntries(owned.map((column) => [column, column === 'occurrence' ? 'integer' : 'text C']))
  const kept = {
    deleted_at: 'timestamp with time zone',
    raw: 'jsonb',
    version: 'bigint',
    synced_at: 'timestamp with time zone',
  }
  return [
    { table: entity.table, columns: { ...own, ...columnsOf(entity.record), ...kept } },
    ...entity.children.map(({ table, owner, record }) => {
      const clash = [owner, ...Object.keys(kept), 'position'].filter((column) => column in record.shape)
      assert.deepEqual(clash, [], `${table}: columns that are the engine's own`)
      return { table, columns: { [owner]: 'text C', position: 'integer', ...columnsOf(record), ...kept } }
    }),
  ]
}

function columnsOf({ shape }: Entity['record']): Columns {
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const kind = kindOf(field)
      return [name, kind ? typeOf[kind] : 'a field that wire/fields.ts did not make']
    }),
  )
}

async function readColumns(db: Db): Promise<Map<string, Columns>> {
  const { rows } = await sql<{ table: string; columns: Columns }>`
    select table_name as table, jsonb_object_agg(column_name, concat_ws(' ', data_type, collation_name)) as columns
    from information_schema.columns where table_schema = 'mirror' group by table_name`.execute(db)
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

async function readKeys(db: Db): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ table: string; key: string[] }>`
    select c.table_name as table, array_agg(k.column_name::text order by k.ordinal_position) as key
    from information_schema.table_constraints c join information_schema.key_column_usage k using (constraint_schema, constraint_name)
    where c.table_schema = 'mirror' and c.constraint_type = 'PRIMARY KEY' group by c.table_name`.execute(db)
  return new Map(rows.map(({ table, key }) => [table, key]))
}

const two = (most: number) => fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'))

/** Moments as they come, and as they should never come. */
const oddMoments = fc
  .tuple(
    fc.integer({ min: 900, max: 3100 }).map(String),
    fc.tuple(two(13), two(32)),
    fc.constantFrom('T', ' ', 't'),
    fc.tuple(two(24), two(60), two(61)),
    fc.tuple(
      fc.constantFrom('', '.5', '.123456789'),
      fc.constantFrom('', 'Z', 'z', '+00:00', '-1400', '+14', ' +05:45', '+19:00'),
    ),
  )
  .map(([year, days, between, clock, end]) => `${year}-${days.join('-')}${between}${clock.join(':')}${end.join('')}`)

const oddPrices = fc.oneof(
  fc.stringMatching(/^[+-]?\d{0,25}\.?\d{0,25}(e[+-]?\d{1,3})?$/),
  fc.stringMatching(/^-?\d{1,12}(\.\d{1,10})?$/),
  fc.double(),
)
