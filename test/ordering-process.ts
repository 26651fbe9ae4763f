import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { readConfig } from '#src/config.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { openDatabase } from '#src/db/database.ts'
import { enqueue } from '#src/jobs/queue.ts'

/** A process that makes changes which ask for jobs, one after the other, until it is killed; every fifth change it takes back. */
const database = openDatabase(readConfig().databaseUrl ?? '')
const pause = () => sleep(Math.random() * 4)

async function change(word: string) {
  await inTransaction(database, async ({ db }) => {
    await sql`insert into asked values (${word})`.execute(db)
    await pause()
    await enqueue(db, 'mirror.sync', { entities: [word] })
    await pause()
    if (word.endsWith('5')) throw new Error('taken back')
  }).catch((error: unknown) => {
    if (!word.endsWith('5')) throw error
  })
}

console.log('at work')
for (let at = 0; ; at += 1)
  await Promise.all([change(`${process.pid} one ${at}`), change(`${process.pid} other ${at}`)])
