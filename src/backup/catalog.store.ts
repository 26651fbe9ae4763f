import type { ClientBase } from 'pg'
import { z } from 'zod'
import { schemaName } from './manifest.ts'

const tables = z.array(
  z.object({
    schema: schemaName,
    name: z.string(),
    columns: z.array(z.string()),
    partitions: z.array(z.object({ name: z.string(), bounds: z.string() })),
    /** Triggers of ours: they would do again what the data already shows. */
    hasTriggers: z.boolean(),
    /** Tables (`schema.name`) that must be filled before. */
    needs: z.array(z.string()),
    /** On disk, with what is kept aside for large values. */
    sizeBytes: z.coerce.number(),
  }),
)

/** A table as the database knows it; a partitioned one with its partitions, which are never told apart from it. */
export type CatalogTable = z.infer<typeof tables>[number]

/** Every table in Consign's three schemas. What belongs to an extension is the extension's. */
export async function listTables(client: ClientBase): Promise<CatalogTable[]> {
  const { rows } = await client.query(`
    with parent as (
      select c.oid, n.nspname, c.relname, array(select c.oid union select inhrelid from pg_inherits where inhparent = c.oid) as family
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'mirror', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition
        and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    )
    select nspname::text as schema, relname::text as name,
      array(select attname::text from pg_attribute
        where attrelid = parent.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
      coalesce((select jsonb_agg(jsonb_build_object('name', p.relname, 'bounds', pg_get_expr(p.relpartbound, p.oid)) order by p.relname)
        from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = parent.oid), '[]') as partitions,
      exists (select from pg_trigger where tgrelid = parent.oid and not tgisinternal) as "hasTriggers",
      array(select distinct format('%s.%s', rn.nspname, r.relname)
        from pg_constraint k join pg_class r on r.oid = k.confrelid join pg_namespace rn on rn.oid = r.relnamespace
        where k.contype = 'f' and k.conrelid = any(family) and not r.oid = any(family)) as needs,
      (select sum(pg_table_size(member)) from unnest(family) member) as "sizeBytes"
    from parent order by 1, 2`)
  return tables.parse(rows)
}

const sequences = z.array(z.object({ schema: schemaName, name: z.string() }))
const state = z.object({ lastValue: z.string(), isCalled: z.boolean() })

export type SequenceState = z.infer<typeof sequences>[number] & z.infer<typeof state>

/** Where each counter stands. Counters obey no snapshot: read after it was taken they are ahead of its rows, never behind. */
export async function readSequences(client: ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query(`
    select n.nspname::text as schema, c.relname::text as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'mirror', 'pgboss') and c.relkind = 'S' order by 1, 2`)
  const states: SequenceState[] = []
  for (const { schema, name } of sequences.parse(rows)) {
    const at = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`
    const read = await client.query(`select last_value::text as "lastValue", is_called as "isCalled" from ${at}`)
    states.push({ schema, name, ...state.parse(read.rows[0]) })
  }
  return states
}

const standing = z.object({
  takenAt: z.string(),
  postgres: z.string(),
  retailer: z.string().nullable(),
  migrations: z.array(z.string()),
})

export type Standing = z.infer<typeof standing>

/** Whether a Consign ever made its tables here. */
export async function hasConsign(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(`
    select to_regclass('public.kysely_migration') is not null and to_regclass('public.retailer_identity') is not null as there`)
  return rows[0]?.there ?? false
}

/** Where the data stands: the moment, the schema, the shop. */
export async function readStanding(client: ClientBase): Promise<Standing> {
  const { rows } = await client.query(`
    select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "takenAt",
      current_setting('server_version') as postgres,
      (select identity from public.retailer_identity) as retailer,
      array(select name::text from public.kysely_migration order by name) as migrations`)
  return standing.parse(rows[0])
}
