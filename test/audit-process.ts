import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { record, type AuditEntry } from '#src/audit/audit.store.ts'
import { openDatabase } from '#src/db/database.ts'
import { inTransaction } from '#src/db/transaction.ts'

/** A note as somebody of the shop might leave it. */
export function noteBy(actor: string, entityId: string, facts: Partial<AuditEntry> = {}): AuditEntry {
  const what = { action: 'price.changed', entity: 'price', entityId, actor, correlationId: `visit-of-${actor}` }
  return { ...what, before: { amount: '1.00' }, after: { amount: '2.00' }, ...facts }
}

type Job = { databaseUrl: string; actor: string; lanes: number; notesALane: number }

/** A process of its own writes so many notes, each in a transaction, in several lanes at once. */
export async function writeInSecondProcess(job: Job): Promise<void> {
  const child = spawn(process.execPath, [import.meta.filename, JSON.stringify(job)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [exitCode] = await once(child, 'exit')
  if (exitCode !== 0) throw new Error(`The second process ended with ${exitCode}`)
}

async function work({ databaseUrl, actor, lanes, notesALane }: Job) {
  await using database = openDatabase(databaseUrl)
  const lane = async (_: unknown, at: number) => {
    for (let count = 0; count < notesALane; count++) {
      await inTransaction(database, ({ db }) => record(db, noteBy(actor, `${at}-${count}`)))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

if (import.meta.main) await work(JSON.parse(process.argv[2] ?? ''))
