import type { PoolClient } from 'pg'
import { z } from 'zod'
import { place } from './snapshot.store.ts'

type Named = { schema: string; name: string; columns: readonly string[] }

export type Digest = { rows: number; checksum: string }

const digest = z.object({ rows: z.coerce.number().int(), checksum: z.string() })

/**
 * Count and checksum of a table's rows: a sum over 60 bits of each row's SHA-256, so that the order does not matter. Computed by
 * the database over what it has stored, and the same on every version of PostgreSQL.
 */
export async function digestOf(client: PoolClient, table: Named): Promise<Digest> {
  const row = `row(${table.columns.map((column) => client.escapeIdentifier(column)).join(', ')})::text`
  const number = `('x' || left(encode(sha256(convert_to(${row}, 'UTF8')), 'hex'), 15))::bit(60)::bigint`
  const { rows } = await client.query(
    `select count(*) as rows, coalesce(sum(${number}), 0)::text as checksum from ${place(client, table)}`,
  )
  return digest.parse(rows[0])
}
