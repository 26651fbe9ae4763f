import type { Pool } from 'pg'

/** How many jobs of a queue's schema wait or run. */
export async function countOpenIn(pool: Pool, schema: string): Promise<number> {
  const { rows } = await pool.query<{ open: string }>(
    `select count(*) as open from ${schema}.job where state < 'completed' and name in ('webhooks.process', 'mirror.sync')`,
  )
  return Number(rows[0]?.open)
}
