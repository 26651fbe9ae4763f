import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Child, Entity } from './entity.ts'
import type { Rows } from './copy-rows.ts'
import { childColumnsOf, columnsOf } from './reading.ts'

export type Merged = { inserted: number; updated: number; unchanged: number }

/** What made the mirror look; the history of stock tells it. During a first `backfill` a row's first sight is no change. */
export type Cause = 'backfill' | 'sync' | 'webhook' | 'reconcile'

export type Arrival = {
  cause: Cause
  /**
   * When the rows may be merged; until then they are only staged. Resolves to whether none of them is expected to stand
   * in the mirror yet: if that is wrong, it costs time and nothing else.
   */
  turn?: Promise<boolean> | undefined
}

/**
 * The one way into a mirror table, for backfill, poll and webhook: COPY to a temporary table, then merge. The newest
 * version wins whatever the order of arrival; an equal or older one writes nothing at all, not even a lock.
 */
export async function mergeRows(client: PoolClient, entity: Entity, rows: Rows, arrival: Arrival): Promise<Merged> {
  const { cause, turn } = arrival
  if (rows.count > 0) await stageRows(client, entity, rows, cause)
  const seemsNew = await turn
  if (rows.count === 0) return { inserted: 0, updated: 0, unchanged: 0 }
  if (cause !== 'webhook' && canBeCarried(entity)) await waitForCarriers(client, entity)
  if (seemsNew && (await insertNew(client, entity, rows))) return { inserted: rows.count, updated: 0, unchanged: 0 }
  const { inserted, updated } = await mergeStaged(client, entity)
  if (inserted + updated > 0) await replaceChildren(client, entity, rows)
  if (inserted + updated > 0 && cause !== 'webhook' && canBeCarried(entity)) await confirm(client, entity)
  return { inserted, updated, unchanged: rows.count - inserted - updated }
}

/** A batch is sorted in memory: PostgreSQL's usual 4 MB would send it to the disk. */
const settings = "select set_config('consign.cause', $1, true), set_config('work_mem', '64MB', true)"

/** Lays rows into the entity's temporary table, which is empty again when the transaction ends. */
export async function stageRows(client: PoolClient, entity: Entity, { lines }: Rows, cause: Cause) {
  await prepareStages(client, entity)
  await client.query(settings, [cause])
  await copyInto(client, stageOf(entity), columnsOf(entity), lines)
}

/**
 * A merge of rows that nobody has seen needs neither a look-up nor a provision for conflicts, which are a third of its
 * work. Should one of them be known after all (a page may even hold a record twice), PostgreSQL says so, and nothing has
 * happened.
 */
async function insertNew(client: PoolClient, entity: Entity, { lists }: Rows): Promise<boolean> {
  const columns = columnsOf(entity).map(quoted).join(', ')
  await client.query('savepoint before_new')
  try {
    await client.query(
      `insert into ${target(entity)} (${columns})
       select ${columns} from ${stageOf(entity)} order by ${entity.key.map(quoted).join(', ')}`,
    )
    for (const [index, child] of entity.children.entries())
      await copyInto(client, target(child), childColumnsOf(child), lists[index]?.lines ?? [])
    await client.query('release savepoint before_new')
    return true
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await client.query('rollback to savepoint before_new')
    return false
  }
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}

/**
 * Marks as deleted the rows of a whole list, or of some owners' lists, that a complete reading no longer held: the
 * reading is what was staged last in this transaction.
 */
export async function buryMissing(
  client: PoolClient,
  entity: Entity,
  owners?: { column: string; ids: string[] },
): Promise<number> {
  if (owners?.ids.length === 0) return 0
  await prepareStages(client, entity)
  const same = entity.key.map((column) => `s.${quoted(column)} = t.${quoted(column)}`).join(' and ')
  const buried = await client.query(
    `update ${target(entity)} t set deleted_at = now(), synced_at = now()
     where t.deleted_at is null and not exists (select from ${stageOf(entity)} s where ${same})
     ${owners ? `and t.${quoted(owners.column)} = any($1)` : ''}`,
    owners ? [owners.ids] : [],
  )
  return buried.rowCount ?? 0
}

async function mergeStaged(client: PoolClient, entity: Entity): Promise<{ inserted: number; updated: number }> {
  const { rows } = await client.query<{ inserted: number; updated: number }>(mergeStatement(entity))
  return rows[0] ?? { inserted: 0, updated: 0 }
}

const statements = new WeakMap<Entity, string>()

function mergeStatement(entity: Entity): string {
  const known = statements.get(entity)
  if (known) return known
  const statement = writeMergeStatement(entity)
  statements.set(entity, statement)
  return statement
}

/**
 * The look-up is a lateral one so that the planner, who knows nothing of the temporary table, cannot choose to read the
 * whole target for each page. Rows go in ordered by key, so that two writers wait for each other instead of deadlocking.
 */
function writeMergeStatement(entity: Entity): string {
  const columns = columnsOf(entity).map(quoted)
  const key = entity.key.map(quoted)
  const rest = columns.filter((column) => !key.includes(column))
  const same = key.map((column) => `t.${column} = f.${column}`).join(' and ')
  const keep = entity.children.length > 0
  const newer = (next: string, held: string) => newerThan(entity, next, held)
  return `
    with fresh as (
      select distinct on (${key.join(', ')}) * from ${stageOf(entity)} order by ${key.join(', ')}, version desc
    ), wanted as (
      select f.* from fresh f
      left join lateral (
        select t.version, t.deleted_at, t.raw from ${target(entity)} t where ${same} limit 1
      ) held on true
      where held.version is null or ${newer('f', 'held')}
    ), merged as (
      insert into ${target(entity)} as t (${columns.join(', ')})
      select ${columns.join(', ')} from wanted order by ${key.join(', ')}
      on conflict (${key.join(', ')}) do update set
        ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}, synced_at = now()
      where ${newer('excluded', 't')}
      returning ${keep ? 't.id, t.version,' : ''} (t.xmax = 0) as is_new
    )${keep ? `, kept as (insert into ${changed(entity)} select id, version, is_new from merged)` : ''}
    select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated from merged`
}

/** A list without a version cursor says all it knows each time: there, equal versions differ by their content. */
function newerThan(entity: Entity, next: string, held: string): string {
  const { walk } = entity
  const differs = `(${next}.raw is distinct from ${held}.raw or ${next}.deleted_at is distinct from ${held}.deleted_at)`
  const sameVersion =
    walk === 'version' ? `${next}.version = 0 and ${held}.version = 0` : `${next}.version = ${held}.version`
  const unconfirmed = canBeCarried(entity)
    ? `or (${next}.version = ${held}.version and ${next}.id in (select record_id from sync_carried where entity = '${entity.name}'))`
    : ''
  return `(${next}.version > ${held}.version or (${sameVersion} and ${differs}) ${unconfirmed})`
}

/** Records that a webhook may bring ahead of Lightspeed's own word: see sync_carried. */
export function canBeCarried({ walk, key }: Entity): boolean {
  return walk === 'version' && key.length === 1 && key[0] === 'id'
}

/**
 * A webhook's row and its mark come with one commit. A merge that began before would wait for the row and not see the
 * mark, and take a webhook's word at the same version for Lightspeed's own: so merges and webhooks take turns.
 */
async function waitForCarriers(client: PoolClient, { name }: Entity) {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [name])
}

/** Held by the transaction of a webhook: see above. Any number of them may hold it together. */
export async function lockForCarrying(client: PoolClient, { name }: Entity) {
  await client.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 2))', [name])
}

/** What Lightspeed itself has told now is no longer only a webhook's word. */
async function confirm(client: PoolClient, { name, table }: Entity) {
  await client.query(
    `delete from sync_carried c using pg_temp.${stageName(table)} s where c.entity = $1 and s.id = c.record_id and s.version >= c.version`,
    [name],
  )
}

/** Children follow their owner: where it changed, its old ones go and the ones of the version that won come in. */
async function replaceChildren(client: PoolClient, entity: Entity, { lists }: Rows) {
  for (const [index, child] of entity.children.entries()) {
    const owner = quoted(child.owner)
    await client.query(
      `delete from ${target(child)} c using ${changed(entity)} o where c.${owner} = o.id and not o.is_new`,
    )
    const columns = childColumnsOf(child)
    await copyInto(client, stageOf(child), columns, lists[index]?.lines ?? [])
    const list = columns.map(quoted)
    await client.query(
      `insert into ${target(child)} (${list.join(', ')})
       select ${list.map((column) => `s.${column}`).join(', ')}
       from ${stageOf(child)} s join ${changed(entity)} o on o.id = s.${owner} and o.version = s.version
       on conflict do nothing`,
    )
  }
}

/** Temporary tables live as long as their connection and are emptied at each commit, without a trace in the WAL. */
async function prepareStages(client: PoolClient, entity: Entity) {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    stageOf(entity),
  ])
  if (rows[0]?.there) return
  for (const { table } of [entity, ...entity.children]) {
    await client.query(`create temp table ${stageName(table)} (like mirror.${quoted(table)}) on commit delete rows`)
    await client.query(`alter table pg_temp.${stageName(table)} drop column synced_at`)
  }
  if (entity.children.length > 0) {
    const columns = 'id text collate "C", version bigint, is_new boolean'
    await client.query(`create temp table ${changedName(entity)} (${columns}) on commit delete rows`)
  }
}

export async function copyInto(client: PoolClient, table: string, columns: string[], lines: readonly Buffer[]) {
  if (lines.every(({ byteLength }) => byteLength === 0)) return
  const stream = client.query(copyFrom(`copy ${table} (${columns.map(quoted).join(', ')}) from stdin`))
  await pipeline(Readable.from(lines), stream)
}

/** The mirror's table of an entity. */
export function target({ table }: Entity | Child): string {
  return `mirror.${quoted(table)}`
}

/** The temporary table that holds what came in for an entity, until the transaction ends. */
export function stageOf({ table }: Entity | Child): string {
  return `pg_temp.${stageName(table)}`
}

function stageName(table: string): string {
  return quoted(`stage_${table}`)
}

function changed(entity: Entity): string {
  return `pg_temp.${changedName(entity)}`
}

function changedName({ table }: Entity): string {
  return quoted(`changed_${table}`)
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
