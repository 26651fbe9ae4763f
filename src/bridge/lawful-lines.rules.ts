import type { RemoteType } from './sides.rules.ts'

/** What Lightspeed lets be done to the lines of a consignment; by type and status, after its own description. */
export type LineRights = { count: boolean; received: boolean; cost: boolean; add: boolean; remove: boolean }

const nothing: LineRights = { count: false, received: false, cost: false, add: false, remove: false }
const whole: LineRights = { count: true, received: false, cost: true, add: true, remove: true }
const counting: LineRights = { ...nothing, received: true, add: true }

const rights: Record<RemoteType, Partial<Record<string, LineRights>>> = {
  SUPPLIER: {
    OPEN: whole,
    SENT: { ...whole, received: true },
    DISPATCHED: { ...nothing, received: true, cost: true, add: true },
  },
  OUTLET: { OPEN: { ...whole, cost: false }, SENT: { ...nothing, count: true, received: true } },
  RETURN: { OPEN: { ...whole, cost: false }, SENT: { ...nothing, count: true } },
  STOCKTAKE: { STOCKTAKE_IN_PROGRESS: counting, STOCKTAKE_IN_PROGRESS_PROCESSED: counting },
}

export function lineRights(type: RemoteType, status: string): LineRights {
  return rights[type][status] ?? nothing
}

/** The steps that a push may ask for, each with where it leads. */
const ways: Record<RemoteType, readonly string[]> = {
  SUPPLIER: ['OPEN', 'SENT', 'DISPATCHED', 'RECEIVED'],
  OUTLET: ['OPEN', 'SENT', 'RECEIVED'],
  RETURN: ['OPEN', 'SENT'],
  STOCKTAKE: ['STOCKTAKE_SCHEDULED', 'STOCKTAKE_IN_PROGRESS', 'STOCKTAKE_IN_PROGRESS_PROCESSED', 'STOCKTAKE_COMPLETE'],
}

/** What a consignment is created as. */
export function firstStatus(type: RemoteType): string {
  return ways[type][0] ?? 'OPEN'
}

/** The statuses to go through, in order; empty where it is there; undefined where no way leads. */
export function wayTo(type: RemoteType, from: string, to: string): readonly string[] | undefined {
  if (from === to) return []
  const [start, end] = [ways[type].indexOf(from), ways[type].indexOf(to)]
  if (to === 'CANCELLED') return mayCancel(type, from) ? [to] : undefined
  return start < 0 || end < start ? undefined : ways[type].slice(start + 1, end + 1)
}

function mayCancel(type: RemoteType, from: string): boolean {
  if (type === 'RETURN') return from === 'OPEN'
  return from !== ways[type].at(-1) && ways[type].includes(from)
}

/** Nothing about it can be written any more. */
export function isFinal(type: RemoteType, status: string): boolean {
  return status === 'CANCELLED' || status === 'CLOSED' || (status === ways[type].at(-1) && type !== 'RETURN')
}
