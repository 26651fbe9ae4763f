import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { readConfig } from '#src/config.ts'
import { handlers } from '#src/jobs/handlers.ts'
import { startWorker } from '#src/jobs/worker.ts'
import { openHouse } from '#src/main.ts'

/**
 * A worker as a process of its own, to be killed by stories: each job writes its word into the ledger, in its own
 * transaction, after a while. `LEDGER_STARTS` is the file in which every start is noted, `LEDGER_MS` the longest while.
 */
const { LEDGER_STARTS: starts = '', LEDGER_MS: longestMs = '300' } = process.env
const config = readConfig()
const { house } = await openHouse(config, () => {}, { joins: true, syncs: false })
await startWorker(house, {
  slots: config.workers,
  rescueSeconds: config.workerSilentSeconds,
  handlers: {
    ...handlers,
    'mirror.sync': {
      inTransaction: async ({ db }, { args: { entities } }) => {
        appendFileSync(starts, `${entities[0]}\n`)
        await sql`insert into ledger (word) values (${entities[0]})`.execute(db)
        await sleep(Math.random() * Number(longestMs))
      },
    },
  },
})
console.log('at work')
