import type { Cents } from '../kernel/money.ts'

/** One row of who approves what. `upTo` in cents without tax, null without limit; an outlet or supplier narrows it. */
export type Tier = { upTo: Cents | null; role: string; outletId: string | null; supplierId: string | null }

export type Asked = { total: Cents; outletId: string; supplierId: string | null }

/** Who is asked, how far their word holds (null: without limit), and who else may answer. */
export type Routing = { roles: string[]; holdsUpTo: Cents | null; mayDecide: ReadonlyMap<string, Cents | null> }

/**
 * The narrowest rows that fit (supplier and outlet, supplier, outlet, neither) and hold the total say who is asked: those
 * of the lowest limit. Whoever has a higher limit, there or in broader rows, may answer as well. Undefined: nobody may.
 */
export function routeOf(tiers: readonly Tier[], asked: Asked): Routing | undefined {
  const able = tiers.filter((tier) => fits(tier, asked) && holds(tier.upTo, asked.total))
  const narrowest = Math.max(...able.map(narrowness))
  const first = able.filter((tier) => narrowness(tier) === narrowest).toSorted(byLimit)[0]
  if (!first) return undefined
  const roles = able
    .filter((tier) => narrowness(tier) === narrowest && tier.upTo === first.upTo)
    .map(({ role }) => role)
  const mayDecide = new Map<string, Cents | null>()
  for (const { role, upTo } of able.toSorted(byLimit)) mayDecide.set(role, upTo)
  return { roles, holdsUpTo: first.upTo, mayDecide }
}

/** Who is next in charge: the roles of the lowest limit above the one that is asked; none where that has no limit. */
export function nextAbove(tiers: readonly Tier[], asked: Asked): string[] {
  const routing = routeOf(tiers, asked)
  if (!routing || routing.holdsUpTo === null) return []
  const { holdsUpTo } = routing
  const higher = [...routing.mayDecide].filter(([, upTo]) => upTo === null || upTo > holdsUpTo)
  const [lowest] = higher.map(([, upTo]) => ({ upTo })).toSorted(byLimit)
  return higher.filter(([, upTo]) => upTo === lowest?.upTo).map(([role]) => role)
}

/**
 * Whether somebody has to approve it first: an order always, everything else once its total passes the lowest limit among
 * the tiers that are on. Types without such tiers are never asked about.
 */
export function asksFirst(type: string, tiers: readonly Tier[], asked: Asked): boolean {
  if (type === 'PURCHASE_ORDER') return true
  const [lowest] = tiers.filter((tier) => fits(tier, asked)).toSorted(byLimit)
  return lowest !== undefined && (lowest.upTo === null || !holds(lowest.upTo, asked.total))
}

/** Whether a limit holds a total; null is without limit. */
export function holds(upTo: Cents | null, total: Cents): boolean {
  return upTo === null || total <= upTo
}

export const rejectionReasons = [
  'over_budget',
  'missing_information',
  'wrong_supplier',
  'duplicate',
  'quantity',
  'timing',
  'other',
] as const

export type RejectionReason = (typeof rejectionReasons)[number]

/** A reason of the list, or words of one's own, which are `other`. */
export function rejectionOf(reason: string): { code: RejectionReason; words: string | null } {
  const code = rejectionReasons.find((one) => one === reason.toLowerCase().replaceAll(/[ -]/g, '_'))
  return code ? { code, words: null } : { code: 'other', words: reason }
}

const dayMs = 24 * 3_600_000
const resubmitDays = 7

/** Until when a rejected order may come back to the same approver. */
export function resubmitUntil(now: Date): Date {
  return new Date(now.getTime() + resubmitDays * dayMs)
}

export type Colour = 'fresh' | 'yellow' | 'red'

/** How long somebody has waited for an answer: yellow from a day, red from five. */
export function colourOf(askedAt: Date, now: Date): Colour {
  const days = (now.getTime() - askedAt.getTime()) / dayMs
  if (days >= 5) return 'red'
  return days >= 1 ? 'yellow' : 'fresh'
}

function fits({ outletId, supplierId }: Tier, asked: Asked): boolean {
  return (outletId === null || outletId === asked.outletId) && (supplierId === null || supplierId === asked.supplierId)
}

function narrowness({ outletId, supplierId }: Tier): number {
  return (supplierId === null ? 0 : 2) + (outletId === null ? 0 : 1)
}

function byLimit(a: Pick<Tier, 'upTo'>, b: Pick<Tier, 'upTo'>): number {
  if (a.upTo === b.upTo) return 0
  if (a.upTo === null) return 1
  if (b.upTo === null) return -1
  return a.upTo < b.upTo ? -1 : 1
}
