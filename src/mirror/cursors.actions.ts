import { must, type Context } from '../context.ts'
import { resetCursor } from './state.store.ts'
import { entityNamed } from './tables.ts'

/** Lets the next sync read these entities from the start. Rows stay as they are; unchanged ones are not written again. */
export async function resetCursors(
  { database, actor }: Context,
  names: readonly string[],
): Promise<{ reset: string[] }> {
  must(actor, 'sync:run')
  const reset = names.map((name) => entityNamed(name).name)
  await resetCursor(database.db, reset)
  return { reset }
}
