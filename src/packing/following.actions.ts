import type { Context } from '../context.ts'
import type { Taken } from '../consignments/consequences.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Db } from '../db/database.ts'
import { deleteBoxes, listBoxes } from './boxes.store.ts'
import { recountPacked } from './contents.store.ts'
import { dropDrafts } from './drafts.store.ts'
import { changeLock } from './holding.actions.ts'
import { packAsPlanned, recountAll } from './lines.store.ts'
import { passWarnings } from './warning.actions.ts'
import { forgetPassed } from './warnings.store.ts'
import { released, taken as held } from './lock.rules.ts'

/** What packing has to do with a step, whoever takes it and by whichever door. */
export async function followPacking(tx: Db, context: Context, taken: Taken) {
  const { step, before } = taken
  if (step.act === 'pack' || step.act === 'unseal') {
    if (step.act === 'unseal') await openAgain(tx, before.id)
    if (taken.accepted) await changeLock(tx, before.id, (lock, now) => held(lock, context.actor.id, now))
  }
  if (step.act === 'stop_packing' || step.act === 'seal') await leaveLock(tx, context, taken)
  await passWarnings(tx, context, taken)
  if (step.act === 'seal') await packAsPlanned(tx, before.id)
  if (step.act === 'redraft') await unpack(tx, context, before.id)
  if (step.act === 'redraft' || step.act === 'send' || step.act === 'cancel') await dropDrafts(tx, before.id)
}

/** People ask the packer first; the clock, and what happened in Lightspeed, do not. */
async function leaveLock(tx: Db, context: Context, { before: { id }, accepted }: Taken) {
  await changeLock(tx, id, (lock, now) => {
    if (accepted) released(lock, context.actor.id, now)
    return undefined
  })
}

async function openAgain(tx: Db, id: string) {
  await recountAll(tx, id)
  await forgetPassed(tx, id)
}

/** A draft has no boxes: its lines may go. */
async function unpack(tx: Db, context: Context, id: string) {
  const boxes = await listBoxes(tx, id)
  if (boxes.length === 0) return
  await recountPacked(
    tx,
    await deleteBoxes(
      tx,
      boxes.map((box) => box.id),
    ),
  )
  await note(tx, context, id, { action: 'consignment.unpacked', before: { boxes: boxes.length }, after: { boxes: 0 } })
}
