import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import type { Transaction } from '../db/transaction.ts'
import type { Rows } from './copy-rows.ts'
import type { Entity } from './entity.ts'
import { canBeCarried, copyInto, quoted, stageOf, stageRows, target } from './merge.store.ts'
import { childColumnsOf, columnsOf } from './reading.ts'
import type { Compared } from './reconciling.rules.ts'

/**
 * Lays a page of Lightspeed beside the mirror, and answers with the records that are not the same. Notes which ones the
 * page held. What was staged stays until the transaction ends, or clearStages.
 */
export async function compareStaged(tx: Transaction, entity: Entity, rows: Rows): Promise<Compared[]> {
  if (rows.count === 0) return []
  const { client } = tx
  await stageRows(client, entity, rows, 'reconcile')
  for (const [index, child] of entity.children.entries())
    await copyInto(client, stageOf(child), childColumnsOf(child), rows.lists[index]?.lines ?? [])
  await noteSeen(client, entity)
  const { rows: found } = await client.query<Compared>(compareStatement(entity))
  const lists = await compareLists(client, entity)
  const known = new Set(found.map(({ recordId }) => recordId))
  return [...found, ...lists.filter(({ recordId }) => !known.has(recordId))]
}

/** Empties what was staged, so that a merge may stage it anew. */
export async function clearStages(client: PoolClient, entity: Entity) {
  for (const table of [entity, ...entity.children]) await client.query(`delete from ${stageOf(table)}`)
}

/** The mirror forgets which version of these it holds: the next one that comes replaces it. Not what was written meanwhile. */
export async function forgetVersions(client: PoolClient, entity: Entity, found: readonly Compared[]) {
  if (found.length === 0) return
  const same = entity.key.map((column) => `t.${quoted(column)} = s.${quoted(column)}`).join(' and ')
  await client.query(
    `update ${target(entity)} t set version = -1
     from ${stageOf(entity)} s join unnest($1::text[], $2::bigint[]) g (id, version) on ${idOf(entity, 's')} = g.id
     where ${same} and t.version = g.version`,
    [found.map(({ recordId }) => recordId), found.map(({ mirrorVersion }) => mirrorVersion)],
  )
}

const levelColumns = ['inventory_level', 'current_amount', 'average_cost', 'reorder_point', 'reorder_amount']

/** `t` is null where the mirror has no such row; a row without a version of its own on either side has 0. */
function compareStatement(entity: Entity): string {
  const columns = columnsOf(entity).filter((column) => column !== 'version' && !entity.key.includes(column))
  const differing = columns.map(
    (column) => `case when f.${quoted(column)} is distinct from t.${quoted(column)} then '${column}' end`,
  )
  const has = (column: string) => column in entity.record.shape
  const levels = levelColumns.map((column) => `'${column}', jsonb_build_array(t.${column}, f.${column})`).join(', ')
  const carried = canBeCarried(entity)
    ? `exists (select from sync_carried c where c.entity = '${entity.name}' and c.record_id = f.id and c.version = t.version)`
    : 'false'
  return `
    with fresh as (
      select distinct on (${keyOf(entity, 's').join(', ')}) * from ${stageOf(entity)} s
      order by ${keyOf(entity, 's').join(', ')}, version desc
    ), compared as (
      select ${idOf(entity, 'f')} as "recordId", t.version as "mirrorVersion", f.version as "lightspeedVersion",
        t.deleted_at is not null as "isDeletedHere", ${has('deleted_at') ? 'f.deleted_at is not null' : 'false'} as "isDeletedThere",
        t.synced_at as "syncedAt", ${has('updated_at') ? 'f.updated_at' : 'null::timestamptz'} as "changedAt",
        ${carried} as "isCarried",
        exists (select from mirror.rejected r where r.entity = '${entity.name}' and r.resolved_at is null
          and r.record_id = ${idOf(entity, 'f')}) as "isAside",
        case when t.version is null then '{}' else array_remove(array[${differing.join(', ')}]::text[], null) end as fields,
        ${entity.name === 'inventory' ? `jsonb_build_object(${levels})` : 'null::jsonb'} as levels
      from fresh f left join lateral (select * from ${target(entity)} t where ${sameKey(entity)} limit 1) t on true
    )
    select * from compared
    where "mirrorVersion" is null or "mirrorVersion" <> "lightspeedVersion" or fields <> '{}' order by "recordId"`
}

function sameKey({ key }: Entity): string {
  return key.map((column) => `t.${quoted(column)} = f.${quoted(column)}`).join(' and ')
}

/**
 * Owners whose own row is the same, but not one of the lists unpacked from it. The mirror's are looked up owner by owner: the
 * planner knows nothing of the temporary table, and would else read millions of lines for every page.
 */
async function compareLists(client: PoolClient, entity: Entity): Promise<Compared[]> {
  const found: Compared[] = []
  for (const child of entity.children) {
    const names = childColumnsOf(child).map(quoted)
    const owner = quoted(child.owner)
    const staged = `select ${names.join(', ')} from ${stageOf(child)}`
    const mirrored = `select ${names.map((name) => `c.${name}`).join(', ')} from (select distinct id from ${stageOf(entity)}) o
      cross join lateral (select * from ${target(child)} c where c.${owner} = o.id offset 0) c`
    const { rows } = await client.query<Compared>(`
      select distinct t.id as "recordId", t.version as "mirrorVersion", t.version as "lightspeedVersion",
        t.deleted_at is not null as "isDeletedHere", t.deleted_at is not null as "isDeletedThere", t.synced_at as "syncedAt",
        null::timestamptz as "changedAt", false as "isCarried", false as "isAside", array['${child.from}'] as fields, null::jsonb as levels
      from ((${staged} except all ${mirrored}) union all (${mirrored} except all ${staged})) d
      join ${target(entity)} t on t.id = d.${owner}
      join ${stageOf(entity)} s on s.id = t.id and s.version = t.version`)
    found.push(...rows)
  }
  return found
}

async function noteSeen(client: PoolClient, entity: Entity) {
  const living = 'deleted_at' in entity.record.shape ? 's.deleted_at is null' : 'true'
  await client.query(
    `insert into reconciliation_seen (entity, hash, version, is_living)
     select $1, hashtextextended(${idOf(entity, 's')}, 0), s.version, ${living} from ${stageOf(entity)} s`,
    [entity.name],
  )
}

/** Met, though it could not be read or stored: not gone. */
export async function noteSeenIds({ db }: Transaction, { name }: Entity, ids: readonly string[]) {
  if (ids.length === 0) return
  await sql`
    insert into reconciliation_seen (entity, hash, version, is_living)
    select ${name}, hashtextextended(id, 0), 0, true from unnest(${ids}::text[]) id`.execute(db)
}

export async function forgetSeen({ db }: Transaction, { name }: Entity) {
  await sql`delete from reconciliation_seen where entity = ${name}`.execute(db)
}

export type GoneScope = {
  /** Rows of higher versions were not asked for. */
  upTo: number
  /** Rows written later may have been missed by the pages before. */
  since: Date
  /** Only of these owners. */
  owners?: { column: string; ids: string[] } | undefined
}

/** Living rows of the mirror that no page has held; so many at the most. */
export async function listGone(
  { client }: Transaction,
  entity: Entity,
  { upTo, since, owners }: GoneScope,
  most: number,
) {
  await client.query(asHash)
  const values: unknown[] = [entity.name, upTo, since, most, ...(owners ? [owners.ids] : [])]
  const { rows } = await client.query<Compared>(
    `select ${idOf(entity, 't')} as "recordId", t.version as "mirrorVersion", null as "lightspeedVersion", false as "isDeletedHere",
       true as "isDeletedThere", t.synced_at as "syncedAt", null::timestamptz as "changedAt",
       ${canBeCarried(entity) ? `exists (select from sync_carried c where c.entity = $1 and c.record_id = t.id)` : 'false'} as "isCarried",
       false as "isAside", '{}'::text[] as fields, null::jsonb as levels
     from ${target(entity)} t
     where t.deleted_at is null and t.version <= $2 and t.synced_at < $3 ${owners ? `and t.${quoted(owners.column)} = any($5)` : ''}
       and not exists (select from reconciliation_seen n where n.entity = $1 and n.hash = hashtextextended(${idOf(entity, 't')}, 0))
     order by 1 limit $4`,
    values,
  )
  await client.query("select set_config('enable_nestloop', 'on', true)")
  return rows
}

/**
 * Two whole tables are laid beside each other. What was seen changes its size all night, so the planner's idea of it is old:
 * row by row, it would take the square of the time.
 */
const asHash = "select set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)"

/** What Lightspeed does not know any more is marked as deleted, unless it was written meanwhile. */
export async function bury({ client }: Transaction, entity: Entity, gone: readonly Compared[]) {
  await client.query(
    `update ${target(entity)} t set deleted_at = now(), synced_at = now()
     from unnest($1::text[], $2::bigint[]) g (id, version)
     where ${idOf(entity, 't')} = g.id and t.version = g.version and t.deleted_at is null`,
    [gone.map(({ recordId }) => recordId), gone.map(({ mirrorVersion }) => mirrorVersion)],
  )
}

export type Counts = { lightspeedRows: number; mirrorRows: number }

/** How many living records each side has: Lightspeed's as the pages told them, the mirror's as it stands now. */
export async function countSides({ client }: Transaction, entity: Entity): Promise<Counts> {
  const { rows } = await client.query<Counts>(
    `select (select count(*) from ${target(entity)} where deleted_at is null) as "mirrorRows",
       (select count(*) from (select distinct on (hash) is_living from reconciliation_seen where entity = $1
          order by hash, version desc) newest where is_living) as "lightspeedRows"`,
    [entity.name],
  )
  return rows[0] ?? { lightspeedRows: 0, mirrorRows: 0 }
}

/** Puts the counter of rows right. Whoever adds rows meanwhile waits to add to it, so that none is counted twice or never. */
export async function correctRowCount({ client }: Transaction, entity: Entity) {
  await client.query('select from sync_state where entity = $1 for update', [entity.name])
  await client.query(`update sync_state set row_count = (select count(*) from ${target(entity)}) where entity = $1`, [
    entity.name,
  ])
}

function keyOf({ key }: Entity, table: string): string[] {
  return key.map((column) => `${table}.${quoted(column)}`)
}

/** A record's key as text, as everywhere where people see it. One column is found by the index of the table. */
function idOf(entity: Entity, table: string): string {
  const [only, ...others] = keyOf(entity, table)
  return others.length === 0 && only !== undefined ? only : `concat_ws(' ', ${keyOf(entity, table).join(', ')})`
}
