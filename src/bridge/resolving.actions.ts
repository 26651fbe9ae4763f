import { z } from 'zod'
import { must, type Context } from '../context.ts'
import { withoutCosts } from '../audit/costs.rules.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { listLines } from '../consignments/lines.store.ts'
import { note, withLocked, type Target } from '../consignments/locked.actions.ts'
import { mustFor } from '../consignments/permitting.ts'
import { knownHead, sightOf } from '../consignments/reading.actions.ts'
import type { Sight } from '../consignments/view.ts'
import type { Db } from '../db/database.ts'
import { cursorAt, placeOf } from '../jobs/place.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { putBackOrder } from '../jobs/putting-back.ts'
import type { House } from '../house.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import { mustBePosted, requestsToCome } from '../stocktakes/telling.ts'
import { askForPush } from './asking.actions.ts'
import { requestFor, type Request } from './calling.ts'
import { closeConflict, findConflict, listConflicts } from './conflicts.store.ts'
import { wantedOfLeg } from './desk.ts'
import { listLegs, readCarried } from './legs-over.store.ts'
import { acceptTheirs, findLeg, forgetRemote, snapshot } from './legs.store.ts'
import { saveLink, saveRunning } from './links.store.ts'
import { whyNotWriting } from './writing.actions.ts'
import { planPush } from './plan.rules.ts'
import { readThere } from './remote.ts'
import { wantedOf } from './wanting.rules.ts'

/** Has a document pushed now, whether or not it changed; what lies among the dead letters is put back. */
export async function pushNow(context: Context, target: Target) {
  return withLocked(context, target, {
    what: 'push',
    right: 'consignments:send',
    act: async (tx, head) => {
      if (head.type === 'STOCKTAKE') await mustBePosted(tx, head)
      const dead = await putBackOrder(tx, head.id)
      if (dead === 0) await askForPush(tx, context, head)
      else await saveRunning(tx, head.id)
      const said = { action: 'consignment.push_asked', before: { link: head.link }, after: { putBack: dead } }
      await note(tx, context, head.id, said)
    },
  })
}

/** The requests that a push would make now, each as it would be sent. Nothing is written, here or there. */
export async function tryPush(
  context: Context,
  client: Lightspeed,
  { ref, signal }: { ref: string; signal: AbortSignal },
) {
  must(context.actor, 'consignments:send')
  const head = await knownHead(context, ref)
  mustFor(context.actor, 'consignments:send', head)
  const { db } = context.database
  if (head.type === 'STOCKTAKE') return tryTelling(db, head)
  const leg = await findLeg(db, head.id)
  const remoteId = leg?.remote_id ?? null
  const there = remoteId === null ? null : await readThere({ client, signal }, remoteId)
  const lines = await listLines(db, head.id)
  const carried = await readCarried(db, head.id)
  const wanted = leg
    ? wantedOfLeg(head, lines, { leg, there, carried })
    : wantedOf(head, lines, { token: head.number, thereStatus: null })
  const { calls, outOfReach } = planPush(wanted, there)
  const sight = sightOf(context.actor, head)
  const requests = calls.flatMap((call) =>
    call.do === 'await' ? [] : [shown(requestFor(call, remoteId ?? '{id}'), sight)],
  )
  return { dryRun: true as const, number: head.number, remoteId, requests, outOfReach }
}

/** A body typed as unknown: the type of any JSON has no end. */
type Shown = { method: string; path: string; body: unknown }

function shown({ method, path, body }: Request, { seesCosts }: Sight): Shown {
  return { method, path, body: seesCosts ? (body ?? null) : withoutCosts(body ?? null) }
}

/** Both sides changed, and ours is the one that counts: Lightspeed's is taken as known, and brought to where we are. */
export async function pushOurs(context: Context, target: Target) {
  return withLocked(context, target, {
    what: 'push ours',
    right: 'consignments:send',
    act: async (tx, head) => {
      const { leg, conflict } = await openConflict(tx, head)
      if (conflict.theirs === null) await forgetRemote(tx, leg.id)
      else await acceptTheirs(tx, leg.id, snapshot.parse(conflict.theirs))
      await closeConflict(tx, leg.id, 'pushed_ours', context.actor.id)
      await saveLink(tx, head.id, 'queued')
      await askForPush(tx, context, head)
      await note(tx, context, head.id, {
        action: 'consignment.conflict_resolved',
        before: { theirs: conflict.theirs, reasons: conflict.reasons },
        after: { resolution: 'pushed_ours' },
      })
    },
  })
}

/** What stands for a document in Lightspeed, and the conflict that waits for somebody, with both sides. */
export async function readBridge({ context, house }: { context: Context; house: House }, ref: string) {
  const head = await knownHead(context, ref)
  const { db } = context.database
  const legs = await listLegs(db, head.id)
  const leg = legs.at(-1)
  const conflict = leg && (await findConflict(db, leg.id))
  return {
    number: head.number,
    lightspeed: head.link,
    waitsFor: head.link === 'queued' ? ((await whyNotWriting(house)) ?? null) : null,
    leg: leg ? legView(leg) : null,
    legs: legs.map(legView),
    conflict: conflict ? conflictView(conflict) : null,
  }
}

/** The conflicts that wait for somebody, the newest first, each with both sides. */
export async function readConflicts(
  { database: { db }, actor }: Context,
  { after, limit }: { after?: string | undefined; limit: number },
) {
  must(actor, 'consignments:read')
  const rows = await listConflicts(db, { below: placeOf(after), limit })
  return pageOf(rows, limit, {
    view: ({ number, consignment_id: consignmentId, ...row }) => ({ consignmentId, number, ...conflictView(row) }),
    after: ({ place }) => cursorAt(place),
  })
}

function legView(leg: Awaited<ReturnType<typeof listLegs>>[number]) {
  const { position, token, remote_id: remoteId, remote_status: remoteStatus, agreed_status: agreedStatus } = leg
  return {
    position,
    token,
    remoteId,
    remoteStatus,
    agreedStatus,
    seenAt: leg.seen_at?.toISOString() ?? null,
    isTheirs: leg.is_theirs,
    takeInAt: leg.take_in_at?.toISOString() ?? null,
    finishedAt: leg.finished_at?.toISOString() ?? null,
    carried: carriedShape.parse(leg.carried),
  }
}

const carriedShape = z.record(z.string(), z.string()).nullable()

type Conflict = Pick<
  NonNullable<Awaited<ReturnType<typeof findConflict>>>,
  'reasons' | 'ours' | 'theirs' | 'found_at' | 'seen_at'
>

function conflictView({ reasons, ours, theirs, found_at, seen_at }: Conflict) {
  const sides = { ours: snapshot.parse(ours), theirs: theirs === null ? null : snapshot.parse(theirs) }
  return { reasons, ...sides, foundAt: found_at.toISOString(), seenAt: seen_at.toISOString() }
}

/** The conflict of a document. Throws a Refusal (422) where there is none. */
export async function openConflict(tx: Db, head: Head) {
  const leg = await findLeg(tx, head.id)
  const conflict = leg && (await findConflict(tx, leg.id))
  if (leg && conflict) return { leg, conflict }
  throw new Refusal('not_lawful', 'conflict_none', `${head.number} is in no conflict with Lightspeed`)
}

/** A count has no consignment there: what is told of it are differences. */
async function tryTelling(db: Db, head: Head) {
  return { dryRun: true as const, number: head.number, remoteId: null, ...(await requestsToCome(db, head)) }
}
