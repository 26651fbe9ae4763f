import { record } from '../audit/audit.store.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { archiveOld, deleteEndedTickets, eraseOld } from './aging.store.ts'
import { deleteFile, lockUnwanted, touchFiles } from './files.store.ts'
import { keysOf } from './keys.rules.ts'
import type { Storage } from './storage.ts'

const bundle = 500

/** Archives what is old, and lets go of what was archived long ago: the row stays, with all that was said about it. */
export async function ageEvidence(
  context: Context,
  { archiveDays, keepDays }: { archiveDays: number; keepDays: number },
  signal: AbortSignal,
) {
  await untilNone(signal, () =>
    noted(context, 'evidence.archived', (tx) => archiveOld(tx, { days: archiveDays, most: bundle })),
  )
  await untilNone(signal, () =>
    noted(context, 'evidence.erased', async (tx) => {
      const erased = await eraseOld(tx, { days: keepDays, most: bundle })
      const files = erased.map(({ sha256 }) => sha256)
      await touchFiles(tx, files)
      return erased.map(({ id }) => id)
    }),
  )
  await deleteEndedTickets(context.database.db)
}

/**
 * Removes files that no row refers to: what a killed upload left behind, and what was let go of a day ago. Under the lock of
 * the file's row, which whoever sends the same file waits for: it is never taken away behind his back.
 */
export async function sweepFiles({ database }: Context, storage: Storage, signal: AbortSignal) {
  await untilNone(signal, () =>
    inTransaction(database, async ({ db: tx }) => {
      const sha256 = await lockUnwanted(tx)
      if (sha256 === undefined) return 0
      for (const key of keysOf(sha256)) await storage.remove(key)
      await deleteFile(tx, sha256)
      return 1
    }),
  )
}

/** Does it to a bundle and notes which; returns how many there were. */
function noted(
  { database, actor, correlationId }: Context,
  action: string,
  act: (tx: Db) => Promise<string[]>,
): Promise<number> {
  return inTransaction(database, async ({ db: tx }) => {
    const ids = await act(tx)
    if (ids.length === 0) return 0
    const what = { action, entity: 'evidence', entityId: `${ids.length} at once`, before: null, after: { ids } }
    await record(tx, { ...what, actor: actor.id, correlationId })
    return ids.length
  })
}

async function untilNone(signal: AbortSignal, act: () => Promise<number>) {
  while (!signal.aborted && (await act()) > 0);
}
