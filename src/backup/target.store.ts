import type { PoolClient } from 'pg'
import { z } from 'zod'
import type { CatalogTable, SequenceState } from './catalog.store.ts'
import { place } from './snapshot.store.ts'

/** Rows that a fresh schema has of itself, or that say nothing of a shop. */
const filledByItself = [
  'public.kysely_migration',
  'public.kysely_migration_lock',
  'public.audit_head',
  'public.consignment_step',
  'public.approval_tier',
  'public.approval_setting',
  'public.discrepancy_rule',
  'public.evidence_rule',
  'public.rate_window',
]

type Named = { schema: string; name: string }

/** The first table that shows that somebody uses this database; those of `furniture` show nothing. */
export async function findUsed<Table extends Named>(
  client: PoolClient,
  tables: readonly Table[],
  furniture: readonly string[],
): Promise<Table | undefined> {
  const silent = new Set([...filledByItself, ...furniture])
  for (const table of tables.filter(({ schema, name }) => !silent.has(`${schema}.${name}`))) {
    const { rows } = await client.query(`select exists (select from ${place(client, table)}) as used`)
    if (z.object({ used: z.boolean() }).parse(rows[0]).used) return table
  }
  return undefined
}

/** Migrations that ran here; none in a database without a Consign. */
export async function listApplied(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query(`select to_regclass('public.kysely_migration') is not null as there`)
  if (!z.object({ there: z.boolean() }).parse(rows[0]).there) return []
  const applied = await client.query('select name::text from public.kysely_migration order by name')
  return z
    .array(z.object({ name: z.string() }))
    .parse(applied.rows)
    .map(({ name }) => name)
}

/** Nobody else writes from now on: a Consign that is started now waits for us. */
export async function lockTables(client: PoolClient, tables: readonly CatalogTable[]) {
  await client.query(`lock table ${tables.map((table) => place(client, table)).join(', ')} in exclusive mode`)
}

/**
 * Makes room: partitions as they were, no triggers of ours, no rows that a fresh schema has of itself. Ordinary rights of a
 * table's owner are enough, which a managed database gives.
 */
export async function makeRoom(client: PoolClient, tables: readonly CatalogTable[], wanted: readonly CatalogTable[]) {
  for (const table of tables.toReversed()) {
    if (table.hasTriggers) await client.query(`alter table ${place(client, table)} disable trigger user`)
    await client.query(`delete from ${place(client, table)}`)
  }
  for (const table of wanted) await addPartitions(client, table, tables)
}

async function addPartitions(client: PoolClient, wanted: CatalogTable, tables: readonly CatalogTable[]) {
  const { schema, name } = wanted
  const present = tables.find((table) => table.schema === schema && table.name === name)?.partitions ?? []
  const names = new Set(present.map((partition) => partition.name))
  for (const partition of wanted.partitions.filter((one) => !names.has(one.name))) {
    const child = place(client, { schema, name: partition.name })
    await client.query(`create table ${child} partition of ${place(client, wanted)} ${partition.bounds}`)
  }
}

/** What was put off is checked now; then the triggers watch again. */
export async function closeUp(client: PoolClient, tables: readonly CatalogTable[]) {
  await client.query('set constraints all immediate')
  for (const table of tables.filter(({ hasTriggers }) => hasTriggers))
    await client.query(`alter table ${place(client, table)} enable trigger user`)
  await client.query('set constraints all deferred')
}

/** A counter goes on where it stood, so that no id is given twice. */
export async function setSequences(client: PoolClient, sequences: readonly SequenceState[]) {
  for (const { schema, name, lastValue, isCalled } of sequences)
    await client.query('select setval(to_regclass($1), $2::bigint, $3)', [
      place(client, { schema, name }),
      lastValue,
      isCalled,
    ])
}
