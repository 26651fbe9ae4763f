import type { ClientBase } from 'pg'
import { z } from 'zod'

/** Tables of the queue that say how far its schema is: those of an older backup must not turn it back. */
export const queueBookkeeping: ReadonlySet<string> = new Set(['pgboss.version', 'pgboss.bam'])

/** Tables of the queue that have rows though nobody ever put a job into it. */
export const queueFurniture: readonly string[] = [
  ...queueBookkeeping,
  'pgboss.queue',
  'pgboss.queue_stats',
  'pgboss.warning',
]

/** The version of the queue's own schema; undefined where there is no queue. */
export async function readQueueVersion(client: ClientBase): Promise<number | undefined> {
  const there = await client.query(`select to_regclass('pgboss.version') is not null as there`)
  if (!z.object({ there: z.boolean() }).parse(there.rows[0]).there) return undefined
  const { rows } = await client.query('select version::int from pgboss.version')
  return z.object({ version: z.int() }).parse(rows[0]).version
}
