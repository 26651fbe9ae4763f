import type { Database } from '../db/database.ts'

export type RunLock = AsyncDisposable & { isOurs: boolean }

/**
 * A lock that lives as long as its connection: a killed process lets go of it at once, so that the next one may take the
 * run up without waiting for a time-out. Losing it with the connection costs no truth, only double work.
 */
export async function lockRun({ pool }: Database, id: string): Promise<RunLock> {
  const client = await pool.connect()
  let lost: Error | undefined
  const onLost = (error: Error) => (lost = error)
  client.on('error', onLost)
  const { rows } = await client.query<{ ours: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 1)) as ours',
    [id],
  )
  const isOurs = rows[0]?.ours === true
  const release = async () => {
    if (isOurs && !lost)
      await client
        .query('select pg_advisory_unlock(hashtextextended($1, 1))', [id])
        .catch((error: Error) => (lost = error))
    client.off('error', onLost)
    client.release(lost)
  }
  return { isOurs, [Symbol.asyncDispose]: release }
}
