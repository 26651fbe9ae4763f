import { must, type Context } from '../context.ts'
import type { House } from '../house.ts'
import { mostRiskyAtOnce } from '../ops/grading.rules.ts'
import { openQueue } from './boss-queue.ts'
import { Crew } from './crew.ts'
import { handlers } from './handlers.ts'
import { kindsOf } from './jobs.actions.ts'
import { settingsOf, type JobKind } from './kinds.ts'
import type { Queue } from './port.ts'
import { openSettler } from './settling.ts'

export type Processing = { kind?: string | undefined; batch: number }

const beatMs = 15_000

/** Does waiting jobs here and now, at most so many, and says how they ended. For where no worker runs, or to hurry one. */
export async function processJobs(house: House, { actor }: Context, { kind, batch }: Processing) {
  must(actor, 'jobs:run')
  const kinds = kindsOf(kind)
  const { database, log } = house
  const onError = (error: unknown) => log.warn({ error }, 'The queue reports a fault')
  await using opened = await openQueue(database, { onError })
  const { queue } = opened
  const { crew, ended } = hireFor(house, queue)
  const timer = setInterval(() => void crew.touch().catch(onError), beatMs)
  try {
    let left = batch
    for (const due of await queue.dueKinds(kinds))
      left -= await processKind({ crew, queue, kind: due, most: left, atOnce: await mostAtOnce(house, due) })
  } finally {
    clearInterval(timer)
  }
  return ended
}

/** A person does not pass over what the health stops, either. */
async function mostAtOnce({ config, grade }: House, kind: JobKind): Promise<number> {
  return settingsOf(kind).isRisky ? Math.min(config.workers, mostRiskyAtOnce((await grade()).grade)) : config.workers
}

function hireFor(house: House, queue: Queue) {
  const ended = { done: 0, failed: 0, putOff: 0 }
  const count = { done: 'done', settled: 'done', failed: 'failed', snoozed: 'putOff' } as const
  const settler = openSettler({ queue, onDelay: () => {} })
  const crew = new Crew({
    bench: { house, queue, handlers },
    settler,
    slots: house.config.workers,
    log: house.log,
    onEnd: (ending) => (ended[count[ending]] += 1),
  })
  return { crew, ended }
}

type Part = { crew: Crew; queue: Queue; kind: JobKind; most: number; atOnce: number }

async function processKind({ crew, queue, kind, most, atOnce }: Part): Promise<number> {
  let taken = 0
  if (atOnce < 1) return 0
  while (taken < most) {
    const claims = await queue.work(kind, Math.min(atOnce, most - taken))
    if (claims.length === 0) break
    taken += claims.length
    crew.begin(claims)
    await crew.finished()
  }
  return taken
}
