import type { Run } from '#src/mirror/runs.actions.ts'
import { count, duration, oneLine } from '../text.ts'

export type Part = Run['entities'][number]

/** Seconds that an entity has been read, or was read for. */
export function secondsOf({ startedAt, finishedAt }: Pick<Part, 'startedAt' | 'finishedAt'>, now: Date): number {
  if (startedAt === null) return 0
  return Math.max(0, ((finishedAt === null ? now.getTime() : Date.parse(finishedAt)) - Date.parse(startedAt)) / 1000)
}

/** `1,234/s`; nothing before there is something to divide. */
export function rateOf(part: Part, now: Date): string {
  const seconds = secondsOf(part, now)
  return seconds < 0.3 || part.fetched === 0 ? '' : `${count(Math.round(part.fetched / seconds))}/s`
}

/** What came of an entity, on one line. */
export function outcomeOf(part: Part, now: Date): string {
  const { fetched, inserted, updated, rejected, state, error } = part
  if (state === 'failed') return `failed: ${error ?? 'no reason was given'}`
  const news = [
    [inserted, 'new'],
    [updated, 'changed'],
    [rejected, 'rejected'],
  ] as const
  const said = news.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`)
  return [`${count(fetched)} read`, ...said].join(', ') + ` in ${duration(secondsOf(part, now))}`
}

const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g

/** What an entity waits for, on one line, with times as the clock on the wall shows them. */
export function noteOf({ note }: Part): string {
  return oneLine(note ?? '').replace(moment, (time) => new Date(time).toLocaleTimeString('en-GB'))
}
