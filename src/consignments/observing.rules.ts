import { remoteRank, remoteStatuses } from '../lightspeed/status-map.rules.ts'
import { statuses, type Facts, type Status, type Step, type Type } from './lifecycle.rules.ts'
import { hindranceOf, isForward, stepsFrom } from './transition.rules.ts'

/** What somebody saw in Lightspeed: by webhook, poll or read-back. */
export type Sighting = {
  type: Type
  status: Status
  facts: Facts
  /** What Lightspeed says now. */
  remote: string
  /** What it said when both sides last agreed; null if they never did. */
  agreed: string | null
  /** Some line of it has a received quantity above zero. */
  remoteHasReceived: boolean
}

/**
 * What a sighting means for the document.
 * `agrees`: nothing to do. `awaits_push`: Lightspeed is where we left it, and our push is still on its way.
 * `forward`: the steps to apply, in order, each audited; `skipped` are the statuses passed through on the way.
 * `conflict`: Lightspeed went back, or beside the path; somebody must choose. `unknown`: kept and shown as it is.
 */
export type Observation =
  | { kind: 'agrees' }
  | { kind: 'awaits_push' }
  | { kind: 'forward'; steps: Step[]; skipped: Status[]; to: Status }
  | { kind: 'conflict'; direction: 'backward' | 'sideways'; status: Status; remote: string }
  | { kind: 'unknown'; remote: string }

/** What Lightspeed's status means for ours. Steps forward are taken over; nothing else changes a document by itself. */
export function observe(sighting: Sighting): Observation {
  const { type, status, remote, agreed } = sighting
  const rank = remoteRank(type, remote)
  if (rank === undefined) return { kind: 'unknown', remote }
  if (agreesWith(sighting)) return { kind: 'agrees' }
  if (remote === agreed && !startsReceiving(sighting)) return { kind: 'awaits_push' }
  const steps = wayTo(sighting)
  if (steps)
    return { kind: 'forward', steps, skipped: steps.slice(0, -1).map(({ to }) => to), to: endOf(steps, status) }
  if (isOnItsWay(sighting, rank)) return { kind: 'awaits_push' }
  return { kind: 'conflict', direction: isBehind(sighting, rank) ? 'backward' : 'sideways', status, remote }
}

/** Whether Lightspeed tells that the supplier has shipped. */
export function tellsShipped({ type, remote }: Pick<Sighting, 'type' | 'remote'>): boolean {
  return type === 'PURCHASE_ORDER' && remote === 'DISPATCHED'
}

function agreesWith(sighting: Sighting): boolean {
  return wordsFor(sighting.type, sighting.status).includes(sighting.remote) && !startsReceiving(sighting)
}

/** Goods that were received in Lightspeed mean that we are receiving, though its status is the same as before. */
function startsReceiving({ type, status, remote, remoteHasReceived }: Sighting): boolean {
  return status === 'SENT' && remoteHasReceived && targetOf(type, remote, true) === 'RECEIVING'
}

/** The shortest lawful way forward to the first status that goes with what Lightspeed says. */
function wayTo({ type, status, facts, remote, remoteHasReceived }: Sighting): Step[] | undefined {
  const target = targetOf(type, remote, remoteHasReceived)
  if (target === undefined) return undefined
  const way = forwardWay(type, status, target)
  return way?.every((step) => hindranceOf(step, facts) === undefined || step.act === 'send') ? way : undefined
}

/** Of several statuses that Lightspeed calls the same, the earliest; with goods received, not before we receive. */
function targetOf(type: Type, remote: string, hasReceived: boolean): Status | undefined {
  const fitting = statuses.filter((status) => status !== 'CANCELLED' && wordsFor(type, status).includes(remote))
  return hasReceived ? (fitting.find((status) => status !== 'SENT') ?? fitting[0]) : fitting[0]
}

/** Breadth first over the steps forward; none of them is longer than the path. */
function forwardWay(type: Type, from: Status, to: Status): Step[] | undefined {
  const ways: Step[][] = [[]]
  for (const way of ways) {
    const at = endOf(way, from)
    if (at === to && way.length > 0) return way
    for (const step of stepsFrom(type, at)) if (leadsOn(step)) ways.push([...way, step])
  }
  return undefined
}

/** Receiving goes on after a partial delivery: back in the order of statuses, and forward all the same. */
function leadsOn(step: Step): boolean {
  return step.act !== 'pause' && (isForward(step) || step.act === 'receive')
}

/** We are ahead, and Lightspeed has come nearer: our own push, seen step by step. */
function isOnItsWay({ type, status, agreed }: Sighting, rank: number): boolean {
  const ours = rankOfOurs(type, status)
  const before = agreed === null ? -1 : (remoteRank(type, agreed) ?? -1)
  return rank > before && ours !== undefined && rank < ours
}

function isBehind({ type, status, agreed }: Sighting, rank: number): boolean {
  if (rank < 0) return false
  const ours = rankOfOurs(type, status)
  const before = agreed === null ? undefined : remoteRank(type, agreed)
  return (ours !== undefined && rank < ours) || (before !== undefined && rank < before)
}

function rankOfOurs(type: Type, status: Status): number | undefined {
  const ranks = wordsFor(type, status).flatMap((word) => remoteRank(type, word) ?? [])
  return ranks.length === 0 ? undefined : Math.max(...ranks)
}

function wordsFor(type: Type, status: Status): readonly string[] {
  return remoteStatuses[type][status] ?? []
}

function endOf(way: readonly Step[], start: Status): Status {
  return way.at(-1)?.to ?? start
}
