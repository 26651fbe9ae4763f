import { sql } from 'kysely'
import { inTransaction } from '#src/db/transaction.ts'
import { enqueue } from '#src/jobs/queue.ts'
import { startWorker } from '#src/jobs/worker.ts'
import type { Office } from './office.ts'
import { until } from './workers.ts'

/** The night's work on photos, done now by a worker. */
export async function pruneNow(office: Pick<Office, 'database' | 'house' | 'db'>) {
  await inTransaction(office.database, ({ db }) => enqueue(db, 'evidence.prune', {}))
  const worker = await startWorker(office.house, { slots: 1 })
  await until(async () => {
    const { rows } = await sql`select from pgboss.job where name = 'evidence.prune' and state < 'completed'`.execute(
      office.db,
    )
    return rows.length === 0
  })
  await worker.stop()
}
