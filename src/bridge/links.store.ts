import type { Db } from '../db/database.ts'
import type { Link } from '../consignments/stage.rules.ts'

/** How far a push has come. `version`: only if the document is still the one that was pushed. */
export async function saveLink(tx: Db, id: string, link: Link, version?: number): Promise<void> {
  const all = tx.updateTable('consignment').set({ link }).where('id', '=', id)
  await (version === undefined ? all : all.where('version', '=', version)).execute()
}

/** What had failed is tried again. */
export async function saveRunning(db: Db, id: string): Promise<void> {
  await db
    .updateTable('consignment')
    .set({ link: 'queued' })
    .where('id', '=', id)
    .where('link', '=', 'failed')
    .execute()
}

/** A push waits or runs. What is in conflict stays so until a push finds that it is none any more. */
export async function saveQueued(tx: Db, id: string): Promise<void> {
  await tx
    .updateTable('consignment')
    .set({ link: 'queued' })
    .where('id', '=', id)
    .where('link', '<>', 'conflict')
    .execute()
}
