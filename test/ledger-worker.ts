import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { readConfig } from '#src/config.ts'
import type { Handler } from '#src/jobs/handler.ts'
import { handlers } from '#src/jobs/handlers.ts'
import { startWorker } from '#src/jobs/worker.ts'
import { openHouse } from '#src/main.ts'

/**
 * A worker as a process of its own, for stories to kill, freeze and stop: each job writes its word into the ledger, in its own
 * transaction, after a while. `LEDGER_STARTS` is the file in which every start is noted, `LEDGER_MS` the longest while,
 * `LEDGER_GRACE_MS` how long running jobs may go on when it is told to stop. A job with the word `LEDGER_BLOCKS` never lets go
 * of the process; every `LEDGER_FAILS`th fails when it is first tried.
 */
const {
  LEDGER_STARTS: starts = '',
  LEDGER_MS: longestMs = '300',
  LEDGER_GRACE_MS,
  LEDGER_BLOCKS,
  LEDGER_FAILS,
} = process.env
const config = readConfig()
const opened = await openHouse(config, () => {}, { joins: true, syncs: false })
const intoLedger: Handler<'mirror.sync'> = {
  inTransaction: async ({ db }, { args: { entities }, attempt }) => {
    const [word = ''] = entities
    appendFileSync(starts, `${word}\n`)
    if (word === LEDGER_BLOCKS && attempt === 1) while (true);
    if (attempt === 1 && Number(word.slice(-3)) % Number(LEDGER_FAILS ?? Infinity) === 1) throw new Error('not yet')
    await sql`insert into ledger (word) values (${word})`.execute(db)
    await sleep(Math.random() * Number(longestMs))
  },
}
const worker = await startWorker(opened.house, {
  slots: config.workers,
  rescueSeconds: config.workerSilentSeconds,
  handlers: { ...handlers, 'mirror.sync': intoLedger },
  ...(LEDGER_GRACE_MS === undefined ? {} : { graceMs: Number(LEDGER_GRACE_MS) }),
})
process.once('SIGTERM', () => {
  void worker
    .stop()
    .then(() => opened[Symbol.asyncDispose]())
    .then(() => process.exit(0))
})
console.log('at work')
