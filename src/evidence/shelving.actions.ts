import type { Context } from '../context.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Developed } from './developing.ts'
import { announceFile, deleteFile, lockUnkept, type Announced } from './files.store.ts'
import { fileKey, keysOf, thumbnailKey } from './keys.rules.ts'
import type { Storage } from './storage.ts'

/**
 * Puts a file and its small pictures into the storage, then has its row written. Where that comes to nothing, because the
 * storage fails or the row is refused, what was put is taken away again, unless somebody else sent the same file meanwhile.
 */
export async function shelve<Result>(
  context: Context,
  storage: Storage,
  { developed, keep }: { developed: Developed; keep: () => Promise<Result> },
): Promise<Result> {
  const announced = await announceFile(context.database.db, developed)
  try {
    await put(storage, developed)
    return await keep()
  } catch (error) {
    await takeAway(context, storage, announced).catch((failure: unknown) =>
      context.log.warn(
        { error: failure, sha256: announced.sha256 },
        'A refused photo lies in the storage until it is swept',
      ),
    )
    throw error
  }
}

async function put(storage: Storage, { sha256, path, mediaType, thumbnails }: Developed) {
  for (const thumbnail of thumbnails)
    await storage.put(thumbnailKey(sha256, thumbnail.edge), { path: thumbnail.path, mediaType: 'image/webp' })
  await storage.put(fileKey(sha256), { path, mediaType })
}

/** Under the lock of the file's row, which whoever sends the same file waits for before he puts anything. */
function takeAway({ database }: Context, storage: Storage, announced: Announced): Promise<void> {
  return inTransaction(database, async ({ db: tx }) => {
    if (!(await lockUnkept(tx, announced))) return
    for (const key of keysOf(announced.sha256)) await storage.remove(key)
    await deleteFile(tx, announced.sha256)
  })
}
