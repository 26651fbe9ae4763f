import { recordAll } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import { lockCursors, resetCursor } from './state.store.ts'
import { entityNamed } from './tables.ts'

/** Lets the next sync read these entities from the start. Rows stay as they are; unchanged ones are not written again. */
export async function resetCursors(
  { database, actor, correlationId }: Context,
  names: readonly string[],
): Promise<{ reset: string[] }> {
  must(actor, 'sync:run')
  const reset = names.map((name) => entityNamed(name).name)
  await inTransaction(database, async ({ db }) => {
    const cursors = await lockCursors(db, reset)
    await resetCursor(db, reset)
    const entries = reset.map((entityId) => {
      const before = { cursor: cursors.get(entityId) ?? 0 }
      const what = { action: 'cursor.reset', entity: 'sync_state', entityId, before, after: { cursor: 0 } }
      return { ...what, actor: actor.id, correlationId }
    })
    await recordAll(db, entries)
  })
  return { reset }
}
