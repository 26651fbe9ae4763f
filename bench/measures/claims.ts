import { openDatabase, type Database } from '#src/db/database.ts'
import { openQueue } from '#src/jobs/boss-queue.ts'
import { installQueue } from '#src/jobs/boss.ts'
import { kindNames } from '#src/jobs/kinds.ts'
import type { Queue } from '#src/jobs/port.ts'
import { median, type Figure, type Size } from '../measure.ts'
import type { BenchServer } from '../postgres.ts'
import { bundled } from '../queue/sides.ts'
import { quietly } from '../quiet.ts'

const [fewJobs, claimsARound, jobsAClaim] = [1_000, 40, 4]

/** What a worker asks to get its next jobs, with few and with many waiting, in turn. */
export async function measureClaims(server: BenchServer, { rounds, manyRows }: Size): Promise<Figure[]> {
  await using few = await openFilled(server, fewJobs)
  await using many = await openFilled(server, manyRows)
  await claimSome(few.queue)
  await claimSome(many.queue)
  const played = await quietly(server, rounds, async () => ({
    few: await claimSome(few.queue),
    many: await claimSome(many.queue),
  }))
  const ratios = played.rounds.map((round) => round.many / round.few)
  const of = (number: (round: { few: number; many: number }) => number) => median(played.rounds.map(number)).toFixed(2)
  return [
    {
      what: `a claim with ${manyRows.toLocaleString('en')} jobs waiting, against ${fewJobs.toLocaleString('en')}`,
      ratio: median(ratios),
      limit: 'under 2.0',
      detail: `${of((round) => round.many)} ms against ${of((round) => round.few)} ms; rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}; ${played.foreign}`,
    },
  ]
}

async function openFilled(server: BenchServer, jobs: number) {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await server.freshDatabase())
  const database = stack.use(openDatabase(url, { poolSize: 2 }))
  await installQueue(database)
  await fill(database, jobs)
  const { queue } = stack.use(await openQueue(database, { onError: (error) => console.error(error) }))
  const closing = stack.move()
  return { queue, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

async function fill({ pool }: Database, jobs: number) {
  await pool.query(
    `insert into pgboss.job (name, data, policy, singleton_key, retry_limit, heartbeat_seconds, dead_letter)
     select $1, jsonb_build_object('args', jsonb_build_object('eventId', number::text)), 'short', 'job ' || number, 2, 300,
       'dead-letters'
     from generate_series(1, $2::int) number`,
    [bundled, jobs],
  )
  await pool.query('vacuum analyze pgboss.job_common')
  await pool.query('checkpoint')
}

/** The milliseconds of a claim as the worker makes it: which kinds are due, then jobs of the first. */
async function claimSome(queue: Queue): Promise<number> {
  const times: number[] = []
  for (let at = 0; at < claimsARound; at += 1) {
    const startedAt = performance.now()
    const [kind = bundled] = await queue.dueKinds(kindNames)
    const claimed = await queue.work(kind, jobsAClaim)
    times.push(performance.now() - startedAt)
    if (claimed.length !== jobsAClaim) throw new Error(`Only ${claimed.length} jobs could be claimed`)
  }
  return median(times)
}
