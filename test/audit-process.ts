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

/** Two processes of their own write so many notes each, in transactions, in several lanes at once, from the same moment on. */
export async function writeInTwoProcesses(jobs: readonly [Job, Job]): Promise<void> {
  const children = jobs.map((job) =>
    spawn(process.execPath, [import.meta.filename, JSON.stringify(job)], { stdio: ['pipe', 'pipe', 'inherit'] }),
  )
  const ends = children.map(async (child) => {
    const [exitCode] = await once(child, 'exit')
    if (exitCode !== 0) throw new Error(`A writing process ended with ${exitCode}`)
  })
  await Promise.race([Promise.all(children.map(({ stdout }) => once(stdout, 'data'))), Promise.all(ends)])
  for (const { stdin } of children) stdin.end('go')
  await Promise.all(ends)
}

async function work({ databaseUrl, actor, lanes, notesALane }: Job) {
  await using database = openDatabase(databaseUrl)
  await database.pool.query('select')
  process.stdout.write('ready')
  await once(process.stdin, 'data')
  const lane = async (_: unknown, at: number) => {
    for (let count = 0; count < notesALane; count++) {
      await inTransaction(database, ({ db }) => record(db, noteBy(actor, `${at}-${count}`)))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

if (import.meta.main) await work(JSON.parse(process.argv[2] ?? ''))
