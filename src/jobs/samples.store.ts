import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Sample } from './points.rules.ts'

/** Seconds between two samples, whoever takes them. */
export const sampleEverySeconds = 10
const keptSeconds = 3_600

const slot = sql`date_bin(${sampleEverySeconds} * interval '1 s', now(), timestamptz 'epoch')`

const counts = (kinds: readonly string[]) => sql`
  (select count(*) from pgboss.job where name = any(${kinds}::text[]) and state < 'active' and not blocked and start_after <= now())
    as waiting,
  (select count(*) from pgboss.job where name = any(${kinds}::text[]) and state = 'active') as running,
  (select coalesce(sum(value), 0)::bigint from metric_total where name = 'jobs_processed_total') as done,
  (select coalesce(sum(value), 0)::bigint from metric_total where name = 'jobs_failed_total') as failed`

/** Notes how the queue stands, once for each span of time however many processes ask, and forgets what is old. */
export async function takeSample(db: Db, kinds: readonly string[]) {
  await sql`
    with old as (delete from queue_sample where at < now() - ${keptSeconds} * interval '1 s')
    insert into queue_sample (at, waiting, running, done, failed)
    select ${slot}, ${counts(kinds)} where not exists (select from queue_sample where at >= ${slot})
    on conflict do nothing`.execute(db)
}

/** How the queue stands at this moment. */
export async function readSample(db: Db, kinds: readonly string[]): Promise<Sample> {
  const { rows } = await sql<Sample>`
    select extract(epoch from now())::float8 as at, ${counts(kinds)}`.execute(db)
  const [sample] = rows
  if (!sample) throw new Error('The queue gave no answer about itself')
  return sample
}

/** The samples of the last so many seconds, oldest first. */
export async function listSamples(db: Db, seconds: number): Promise<Sample[]> {
  const { rows } = await sql<Sample>`
    select extract(epoch from at)::float8 as at, waiting, running, done, failed from queue_sample
    where at > now() - ${seconds} * interval '1 s' order by queue_sample.at`.execute(db)
  return rows
}
