import type { PgBoss } from 'pg-boss'
import type { JobKind } from './kinds.ts'
import type { Claimed } from './running.ts'

/** Claims jobs of a kind that are due, the most pressing first. Of a batch the queue gives the right jobs, but in no order. */
export async function claimDue(boss: PgBoss, kind: JobKind, most: number): Promise<Claimed[]> {
  const jobs = await boss.fetch(kind, { batchSize: most, includeMetadata: true })
  jobs.sort((one, other) => other.priority - one.priority || one.createdOn.getTime() - other.createdOn.getTime())
  return jobs.map(({ id, retryCount, retryLimit, data, output }) => ({
    kind,
    id,
    retryCount,
    retryLimit,
    data,
    output,
  }))
}
