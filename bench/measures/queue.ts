import { openChild, type Child } from '../child.ts'
import { median, type Figure, type Size } from '../measure.ts'
import type { BenchServer } from '../postgres.ts'
import { account, now } from '../queue/counting.ts'
import { bundled, openOurSide, openPlainSide, single, type BenchKind, type Side } from '../queue/sides.ts'
import { quietly, type Rounds } from '../quiet.ts'

type Team = { side: Side; worker: Child }
type Run = { perSecond: number; cpuMicroseconds: number; rssMb: number }
type Teams = { ours: Team; each: Team; together: Team }
type Round = { ours: Run; each: Run; together: Run; oursSingle: Run; plainSingle: Run }

const oneByOneShare = 0.05

/** What a worker does beside the jobs themselves, against pg-boss used alone on the same database, in turn. */
export async function measureQueue(server: BenchServer, { rounds, jobs }: Size): Promise<Figure[]> {
  await using database = await server.freshDatabase()
  await using ours = await openOurSide(database.url)
  await using each = await openPlainSide(database.url, 'plain_each')
  await using together = await openPlainSide(database.url, 'plain_together')
  await using ourWorker = await openWorker(ours, database.url)
  await using eachWorker = await openWorker(each, database.url)
  await using togetherWorker = await openWorker(together, database.url)
  const teams: Teams = {
    ours: { side: ours, worker: ourWorker },
    each: { side: each, worker: eachWorker },
    together: { side: together, worker: togetherWorker },
  }
  const run = (team: Team, kind: BenchKind) =>
    runJobs(server, team, kind, kind === bundled ? jobs : jobs * oneByOneShare)
  const round = () => playRound(teams, run)
  await round()
  const many = await quietly(server, rounds, round)
  const memory: number[] = []
  for (let at = 0; at < 5; at += 1) memory.push((await run(teams.ours, bundled)).rssMb)
  const waits = await quietly(server, 1, async () => ({
    ours: await waitsOf(teams.ours),
    plain: await waitsOf(teams.each),
  }))
  return [...throughputFigures(many, jobs), memoryFigure(memory, jobs), ...waits.rounds.map(waitFigure)]
}

/** One process for each side, with eight jobs at the same time. */
function openWorker({ program, schema }: Side, url: string): Promise<Child> {
  const env = {
    DATABASE_URL: url,
    JOBS_SCHEMA: schema,
    LIGHTSPEED_BASE_URL: 'http://127.0.0.1:9',
    LIGHTSPEED_TOKEN: 'bench',
    SYNC_EVERY_SECONDS: '0',
    WORKERS: '8',
  }
  return openChild({ file: program, env, flags: ['--expose-gc'] })
}

async function playRound(teams: Teams, run: (team: Team, kind: BenchKind) => Promise<Run>): Promise<Round> {
  return {
    ours: await run(teams.ours, bundled),
    each: await run(teams.each, bundled),
    together: await run(teams.together, bundled),
    oursSingle: await run(teams.ours, single),
    plainSingle: await run(teams.each, single),
  }
}

async function runJobs(server: BenchServer, { side, worker }: Team, kind: BenchKind, jobs: number): Promise<Run> {
  await side.clear()
  const ending = worker.ask({ jobs }, account)
  await side.order(kind, 0, jobs)
  const [orderedAt, databaseBefore] = [now(), server.cpuSeconds()]
  const { endedAt, cpuSeconds, rssMb } = await ending
  return {
    perSecond: jobs / ((endedAt - orderedAt) / 1000),
    cpuMicroseconds: ((cpuSeconds + server.cpuSeconds() - databaseBefore) * 1e6) / jobs,
    rssMb,
  }
}

const asked = { aSecond: 50, jobs: 300 }

/** Of jobs that come evenly, the milliseconds from before each is asked for until its handler begins. */
async function waitsOf({ side, worker }: Team): Promise<number[]> {
  await side.clear()
  const ending = worker.ask({ jobs: asked.jobs }, account)
  const startedAt = now()
  const askedAt: number[] = []
  const orders: Promise<void>[] = []
  for (let number = 0; number < asked.jobs; number += 1) {
    const early = startedAt + (number * 1000) / asked.aSecond - now()
    if (early > 0) await new Promise((done) => setTimeout(done, early))
    askedAt.push(now())
    orders.push(side.order(bundled, number, 1))
  }
  await Promise.all(orders)
  const { begun } = await ending
  return begun.map(([number, at]) => at - (askedAt[Number(number)] ?? 0)).toSorted((one, other) => one - other)
}

function throughputFigures({ rounds, foreign }: Rounds<Round>, jobs: number): Figure[] {
  const figure = (what: string, limit: string, sides: (round: Round) => { ours: Run; plain: Run }): Figure => {
    const pairs = rounds.map(sides)
    const ratios = pairs.map(({ ours, plain }) => ours.perSecond / plain.perSecond)
    const of = (number: (pair: (typeof pairs)[number]) => number) => Math.round(median(pairs.map(number)))
    const speeds = `${of(({ ours }) => ours.perSecond)} jobs/s against ${of(({ plain }) => plain.perSecond)}`
    const cpu = `CPU ${of(({ ours }) => ours.cpuMicroseconds)} µs a job against ${of(({ plain }) => plain.cpuMicroseconds)}`
    const spread = `rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`
    return { what, ratio: median(ratios), limit, detail: `${speeds}; ${cpu}; ${spread}; ${foreign}` }
  }
  return [
    figure(
      `${jobs.toLocaleString('en')} jobs that do nothing, in bundles, against pg-boss alone, each job settled by itself`,
      'floor 0.9',
      ({ ours, each }) => ({ ours, plain: each }),
    ),
    figure('… against pg-boss alone with batches that stand or fall together', '', ({ ours, together }) => ({
      ours,
      plain: together,
    })),
    figure('… claimed one by one, against pg-boss alone', 'floor 0.9', ({ oursSingle, plainSingle }) => ({
      ours: oursSingle,
      plain: plainSingle,
    })),
  ]
}

function memoryFigure(rss: readonly number[], jobs: number): Figure {
  const [first = 0, last = 0] = [rss[0], rss.at(-1)]
  return {
    what: `memory of a worker after ${(rss.length * jobs).toLocaleString('en')} more jobs that do nothing`,
    ratio: last / first,
    limit: 'aim 1.0',
    detail: `${rss.map(Math.round).join(', ')} MB`,
  }
}

const longestWaitMs = 10

function waitFigure({ ours, plain }: { ours: number[]; plain: number[] }): Figure {
  const words = (waits: number[]) =>
    `p50 ${quantile(waits, 0.5).toFixed(1)}, p95 ${quantile(waits, 0.95).toFixed(1)} ms`
  return {
    what: `from asking for a job until it begins, p95 at ${asked.aSecond} a second`,
    ratio: quantile(ours, 0.95) / longestWaitMs,
    limit: `under 1.0 (${longestWaitMs} ms)`,
    detail: `${words(ours)}; pg-boss alone, woken too: ${words(plain)}`,
  }
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? Infinity
}
