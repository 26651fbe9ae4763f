import { readConfig } from '#src/config.ts'
import { schema } from '#src/jobs/boss.ts'
import { handlers } from '#src/jobs/handlers.ts'
import { startWorker } from '#src/jobs/worker.ts'
import { openHouse } from '#src/main.ts'
import { workerOptions } from '#src/work.ts'
import { countForBench } from './counting.ts'
import { countOpenIn } from './open-jobs.ts'

/** Consign's own worker, as `consign worker` starts it, with handlers that do nothing. */
async function work() {
  const config = readConfig()
  const opened = await openHouse(config, () => {}, { syncs: false })
  const { begin } = countForBench(() => countOpenIn(opened.house.database.pool, schema))
  const worker = await startWorker(opened.house, {
    ...workerOptions(config),
    handlers: {
      ...handlers,
      'webhooks.process': { outside: ({ args }) => begin(args.eventId) },
      'mirror.sync': { outside: ({ args }) => begin(args.entities[0] ?? '') },
    },
  })
  process.once('disconnect', () => {
    void worker
      .stop()
      .then(() => opened[Symbol.asyncDispose]())
      .then(() => process.exit(0))
  })
  process.send?.('ready')
}

await work()
