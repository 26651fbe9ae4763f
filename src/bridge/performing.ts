import { snooze } from '../jobs/handler.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { perform, requestFor, type Request } from './calling.ts'
import type { Call } from './calls.rules.ts'
import { clearCreateAsked, saveCreateAsked, saveRemoteId, type Leg } from './legs.store.ts'
import type { Pushing } from './pushing.ts'
import { createdId } from './remote.ts'

/** With the requests that were refused once: what is refused twice, with a look in between, is refused for good. */
export type Round = Pushing & { refused: Set<string> }

/** One at a time. A refusal ends the push where nothing has moved; where something has, it is looked at again. */
export async function write(pushing: Round, leg: Leg, calls: readonly Call[]) {
  let id = leg.remote_id ?? ''
  for (const call of calls) {
    if (call.do === 'await') snooze(new Date(Date.now() + 2_000))
    if (call.do === 'create') id = await create(pushing, leg, call)
    else if (!(await isTaken(pushing, requestFor(call, id)))) return
  }
}

async function create({ context, client, signal }: Pushing, leg: Leg, call: Extract<Call, { do: 'create' }>) {
  const { db } = context.database
  await saveCreateAsked(db, leg.id)
  try {
    const id = createdId(await perform(client, requestFor(call, ''), signal))
    await saveRemoteId(db, leg.id, id)
    return id
  } catch (error) {
    if (error instanceof LightspeedError && isRefusal(error)) await clearCreateAsked(db, leg.id)
    throw error
  }
}

/** False where it was refused for the first time: it may be the repeat of what has taken effect, or something has moved. */
async function isTaken({ client, signal, refused }: Round, request: Request) {
  try {
    await perform(client, request, signal)
    return true
  } catch (error) {
    const name = `${request.method} ${request.path}`
    const isFirst = error instanceof LightspeedError && isStale(error) && !refused.has(name)
    if (!isFirst) throw error
    refused.add(name)
    return false
  }
}

function isStale({ kind }: LightspeedError): boolean {
  return kind === 'rejected' || kind === 'not_found'
}

/** Lightspeed has answered that it did nothing. */
export function isRefusal({ kind }: LightspeedError): boolean {
  return ['unauthorised', 'forbidden', 'not_found', 'rejected', 'conflict', 'rate_limited'].includes(kind)
}
