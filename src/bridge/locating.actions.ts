import type { Head } from '../consignments/consignments.store.ts'
import { giveUp, snooze } from '../jobs/handler.ts'
import { saveRemoteId, secondsSinceAsked, type Leg } from './legs.store.ts'
import type { Pushing } from './pushing.ts'
import { listHeads } from './remote.ts'
import { carriesToken, headerOf } from './wanting.rules.ts'

/**
 * The leg with its remote id, where it has one. After a creation whose answer nobody read, our token is looked for; and
 * while that creation may still be on its way, another is not asked for.
 */
export async function locate(pushing: Pushing, leg: Leg, head: Head): Promise<Leg> {
  if (leg.remote_id !== null || leg.create_asked_at === null) return leg
  const { db } = pushing.context.database
  const { type } = headerOf(head, leg.token)
  const heads = await listHeads(pushing, { type, after: leg.look_after ?? 0 })
  const [found, ...others] = heads.filter(({ header }) => carriesToken(header, leg.token))
  if (others.length > 0)
    giveUp(
      severalSentence(
        leg,
        [found, ...others].flatMap((one) => one?.id ?? []),
      ),
    )
  if (found) {
    await saveRemoteId(db, leg.id, found.id)
    return { ...leg, remote_id: found.id, create_asked_at: null }
  }
  const leftSeconds = onItsWaySeconds - (await secondsSinceAsked(db, leg.id))
  if (leftSeconds > 0) snooze(new Date(Date.now() + leftSeconds * 1000))
  return leg
}

/** JUDGMENT: Lightspeed does not begin with a request later than this after it was sent. */
const onItsWaySeconds = 30

function severalSentence({ token }: Leg, ids: readonly string[]): string {
  return `Several consignments in Lightspeed carry ${token}: ${ids.join(', ')}. Delete all but one of them there, and put this job back`
}
