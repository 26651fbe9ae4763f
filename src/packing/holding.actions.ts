import type { Context } from '../context.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { mustEdit } from '../consignments/editing.rules.ts'
import type { Db } from '../db/database.ts'
import { note } from '../consignments/locked.actions.ts'
import { beaten, type Lock } from './lock.rules.ts'
import { dropLock, readLock, saveLock } from './lock.store.ts'

type Locking = (lock: Lock | undefined, now: Date) => Lock | undefined

/** Changes the lock of a document that is locked itself; by the database's clock, read after that. */
export async function changeLock(tx: Db, id: string, change: Locking) {
  const { lock: before, now } = await readLock(tx, id)
  const after = change(before, now)
  if (after) await saveLock(tx, id, after)
  else if (before) await dropLock(tx, id)
  return { before, after }
}

/** The same as an act of its own, noted when somebody else packs from now on, or asks to. That a packer is alive is no news. */
export async function changeLockNoted(tx: Db, context: Context, id: string, change: Locking) {
  const { before, after } = await changeLock(tx, id, change)
  const [was, is] = [before, after].map((lock) => lock && { holder: lock.holder, wantedBy: lock.wantedBy })
  if (was?.holder === is?.holder && was?.wantedBy === is?.wantedBy) return
  await note(tx, context, id, { action: 'consignment.pack_lock_changed', before: was ?? null, after: is ?? null })
}

/** Only who packs writes into boxes, and only while it is packed; each write shows that he is there. */
export async function mustPack(tx: Db, context: Context, head: Head) {
  mustEdit(head, 'packed')
  await changeLockNoted(tx, context, head.id, (lock, now) => beaten(lock, context.actor.id, now))
}
