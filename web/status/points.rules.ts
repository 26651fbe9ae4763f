import type { Point, Status } from '../api.ts'

/** The charts show so much. */
export const shownSeconds = 30 * 60
/** Points further apart than this are not joined: nobody looked in between. */
const gapSeconds = 45

/** What was known, brought up to the news: they bring only the points that are new. */
export function merged(before: Status | undefined, news: Status): Status {
  const since = news.now.at - shownSeconds
  const begins = news.points[0]?.at ?? Infinity
  const kept = (before?.points ?? []).filter(({ at }) => at > since && at < begins)
  return { ...news, points: [...kept, ...news.points] }
}

/** Of all tries, how many in a hundred failed; null where there were none. */
export function errorPercentOf({ donePerMinute, failedPerMinute }: Point): number | null {
  if (donePerMinute === null || failedPerMinute === null) return null
  const tries = donePerMinute + failedPerMinute
  return tries === 0 ? null : Math.round((failedPerMinute / tries) * 1000) / 10
}

/** The least of 1, 2, 5, 10, 20, 50 and so on that holds a value. */
export function topFor(largest: number, least: number): number {
  const wanted = Math.max(largest, least)
  const ten = 10 ** Math.floor(Math.log10(wanted))
  return [1, 2, 5, 10].map((step) => step * ten).find((top) => top >= wanted) ?? wanted
}

export type Place = { at: number; value: number | null }
export type Box = { from: number; to: number; top: number; width: number; height: number }

/** Lines through points from left to right, broken where a value is missing or nobody looked. */
export function linesOf(places: readonly Place[], box: Box): { x: number; y: number }[][] {
  const lines: { x: number; y: number }[][] = []
  let before: number | undefined
  for (const { at, value } of places) {
    if (value === null) {
      before = undefined
      continue
    }
    const isJoined = before !== undefined && at - before <= gapSeconds
    const dot = { x: round(((at - box.from) / (box.to - box.from)) * box.width), y: round(yOf(value, box)) }
    if (isJoined) lines.at(-1)?.push(dot)
    else lines.push([dot])
    before = at
  }
  return lines
}

function yOf(value: number, { top, height }: Box): number {
  return height - (Math.min(value, top) / top) * height
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** One point for each whole minute, newest first: what the table beside the charts shows. */
export function byMinute(points: readonly Point[]): Point[] {
  const minutes = new Map<number, Point>()
  for (const point of points) minutes.set(Math.floor(point.at / 60), point)
  return [...minutes.values()].toReversed()
}
