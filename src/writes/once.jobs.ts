import { giveUp, snooze } from '../jobs/handler.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { isRefusal } from '../bridge/performing.ts'
import { send, type Desk, type Request } from './deed.ts'
import { clearAsked, saveAnswered, saveAsked, secondsSinceAsked } from './writes.store.ts'

type Creation = {
  request: Request
  /** What is to be made, where it is there; null where it is not. */
  find: () => Promise<{ id: string; isOurs: boolean } | null>
  idIn: (body: unknown) => string
  /** Said where it is there already and is not ours. */
  taken: string
}

/** Has a record made, once: what may have come of an earlier try is looked for before it is asked for again. Its id. */
export async function createOnce(desk: Desk, { request, find, idIn, taken }: Creation): Promise<string> {
  const { db } = desk.context.database
  const { id, remote_id: known, asked_at: askedAt } = desk.write
  if (known !== null) return known
  const found = await find()
  if (found && (!found.isOurs || askedAt === null)) giveUp(taken)
  if (found) {
    await saveAnswered(db, id, { remoteId: found.id })
    return found.id
  }
  if (askedAt !== null) await waitForLate(desk)
  const remoteId = idIn(await askOnce(desk, request, null))
  await saveAnswered(db, id, { remoteId })
  return remoteId
}

/** Asks what must not be asked twice. An answer that says that nothing was done is noted as such; after any other, somebody looks. */
export async function askOnce(desk: Desk, request: Request, memo: object | null): Promise<unknown> {
  const { db } = desk.context.database
  if (!(await saveAsked(db, desk.write.id, memo))) throw new Error('Another worker does this just now')
  desk.signal.throwIfAborted()
  try {
    return await send(desk, request)
  } catch (error) {
    if (error instanceof LightspeedError && isRefusal(error)) await clearAsked(db, desk.write.id)
    throw error
  }
}

/** It was asked for and is not there: either it still comes, or it never will, and may be asked for again. */
export async function waitForLate({ context, write }: Desk): Promise<void> {
  const { db } = context.database
  const leftSeconds = onItsWaySeconds - (await secondsSinceAsked(db, write.id))
  if (leftSeconds > 0) snooze(new Date(Date.now() + leftSeconds * 1000))
  await clearAsked(db, write.id)
}

/** JUDGMENT: Lightspeed does not begin with a request later than this after it was sent. */
const onItsWaySeconds = 30
