import type { Quantity } from '../kernel/quantity.ts'

/** Why a product is on the list of a day, in the order in which they take their places. */
export const whys = ['flagged', 'critical', 'low', 'dear', 'fast', 'repriced', 'random'] as const

type Why = (typeof whys)[number]

/** A product that an outlet keeps, as it is on the morning of a list. */
export type Candidate = {
  productId: string
  level: Quantity
  reorderPoint: Quantity
  unitCost: Quantity
  /** In the last 28 days. */
  sold: Quantity
  /** Somebody wants it counted, and nobody has since. */
  isFlagged: boolean
  repricedAt: Date | null
  countedAt: Date | null
  /** Not counted for so long that it may be on a list again without being asked for. */
  isRested: boolean
  /** Where it stands in the draw of this outlet and day. */
  draw: string
}

export type Pick = { productId: string; why: Why }

/**
 * The products of a list, of one candidate each at most once. What was flagged by hand comes first, as many as there are
 * places; each other rule takes no more than its share, so that a shop with many low shelves sees others too. The rest is
 * drawn, and a list is only shorter than it should be where there is nothing else to count.
 */
export function pickDaily(candidates: readonly Candidate[], many: number): Pick[] {
  const picks = new Map<string, Why>()
  const take = (why: Why, most: number, from: readonly Candidate[]) => {
    const open = from.filter(({ productId }) => !picks.has(productId))
    for (const { productId } of open.slice(0, Math.min(most, many - picks.size))) picks.set(productId, why)
    return most - Math.min(most, open.length)
  }
  const drawn = candidates.toSorted(byDraw)
  const rested = drawn.filter(({ isRested }) => isRested)
  const share = (percent: number) => Math.ceil((many * percent) / 100)
  take(
    'flagged',
    many,
    drawn.filter(({ isFlagged }) => isFlagged),
  )
  const leftForLow = take('critical', share(25), rested.filter(isCritical).toSorted(by(({ level }) => level)))
  take('low', leftForLow, rested.filter(isLow).toSorted(by(({ level }) => level)))
  take('dear', share(20), rested.filter(isDear).toSorted(by(({ unitCost }) => -unitCost)))
  take('fast', share(20), rested.filter(({ sold }) => sold > 0n).toSorted(by(({ sold }) => -sold)))
  take(
    'repriced',
    share(15),
    rested.filter(({ repricedAt }) => repricedAt !== null),
  )
  take('random', many, rested)
  take(
    'random',
    many,
    drawn.toSorted((a, b) => timeOf(a) - timeOf(b)),
  )
  return [...picks].map(([productId, why]) => ({ productId, why }))
}

/** It cannot be so: fewer than none, or none of what is sold. */
function isCritical({ level, sold }: Candidate): boolean {
  return level < 0n || (level === 0n && sold > 0n)
}

/** At its reorder point, or no more than a week's sales. */
function isLow(candidate: Candidate): boolean {
  const { level, reorderPoint, sold } = candidate
  return !isCritical(candidate) && (level <= 0n ? false : level <= reorderPoint || level * 4n <= sold)
}

function isDear({ level, unitCost }: Candidate): boolean {
  return level > 0n && unitCost > 0n
}

function by(measure: (candidate: Candidate) => bigint) {
  return (a: Candidate, b: Candidate) => {
    const [one, other] = [measure(a), measure(b)]
    if (one === other) return byDraw(a, b)
    return one < other ? -1 : 1
  }
}

function byDraw(a: Candidate, b: Candidate): number {
  if (a.draw !== b.draw) return a.draw < b.draw ? -1 : 1
  return a.productId < b.productId ? -1 : 1
}

function timeOf({ countedAt }: Candidate): number {
  return countedAt?.getTime() ?? 0
}

/** Which day it is at a place (2026-11-22), and how far it has come; in UTC where the time zone is not known. */
export function localTime(moment: Date, timeZone: string): { day: string; hour: number } {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment)
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? ''
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) }
}

/** Lists are made at one in the night; what was missed then until noon, and no later: nobody would count it. */
export function isTimeForLists(hour: number): boolean {
  return hour >= 1 && hour < 12
}

function isTimeZone(timeZone: string): boolean {
  try {
    return timeZone !== '' && new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
