import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'pg'
import { PgBoss, type Job } from 'pg-boss'
import { z } from 'zod'
import { settingsOf } from '#src/jobs/kinds.ts'
import { countForBench } from './counting.ts'
import { countOpenIn } from './open-jobs.ts'
import { bundled, single } from './sides.ts'

const env = z.object({
  DATABASE_URL: z.string(),
  WORKERS: z.coerce.number(),
  JOBS_SCHEMA: z.enum(['plain_each', 'plain_together']),
})
const parcel = z.object({
  args: z.object({ eventId: z.string().optional(), entities: z.array(z.string()).optional() }),
})

type Task = (job: Job) => Promise<void>

/** pg-boss by itself, with its own workers and its own listening, as many jobs at once as ours. */
async function work() {
  const { DATABASE_URL: connectionString, WORKERS: slots, JOBS_SCHEMA: schema } = env.parse(process.env)
  const watch = { superviseIntervalSeconds: 30, monitorIntervalSeconds: 30 }
  const boss = new PgBoss({ connectionString, schema, useListenNotify: true, max: slots + 8, ...watch })
  boss.on('error', (error) => console.error(error))
  await boss.start()
  const pool = new Pool({ connectionString, max: 1 })
  const { begin } = countForBench(() => countOpenIn(pool, schema))
  const task: Task = async ({ data }) => {
    const { args } = parcel.parse(data)
    await begin(args.eventId ?? args.entities?.[0] ?? '')
  }
  await doBundled(boss, slots * settingsOf(bundled).bundle, schema === 'plain_each', task)
  let isOver = false
  for (let loop = 0; loop < slots; loop += 1) void doSingle(boss, task, () => isOver)
  process.once('disconnect', () => {
    isOver = true
    setTimeout(() => process.exit(0), 100)
  })
  process.send?.('ready')
}

/** Two that take turns: one fetches while the other settles. More or larger ones are slower on two cores. */
async function doBundled(boss: PgBoss, batchSize: number, isEach: boolean, task: Task) {
  const often = { burstWhenBatchFull: true, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 }
  await boss.work<object>(
    bundled,
    { ...often, batchSize, localConcurrency: 2, perJobResults: isEach },
    async (jobs: Job[]) => {
      for (const job of jobs) await task(job)
      return jobs.map(({ id }) => ({ id, status: 'completed' }))
    },
  )
}

/** pg-boss's own workers look for one job, then wait: who wants one by one quickly asks by himself. */
async function doSingle(boss: PgBoss, task: Task, isOver: () => boolean) {
  while (!isOver()) {
    const jobs = await boss.fetch<object>(single, { batchSize: 1 })
    for (const job of jobs) {
      await task(job)
      await boss.complete(single, job)
    }
    if (jobs.length === 0) await sleep(50)
  }
}

await work()
