import { lastSeededVersion } from './versions.ts'

const firstDay = Date.UTC(2019, 2, 3)
const lastDay = Date.UTC(2026, 9, 31)
const dayMs = 86_400_000
const days = (lastDay - firstDay) / dayMs
const opensMs = 20.5 * 3_600_000
const openMs = 9.5 * 3_600_000

/** When a seeded version was given: always while shops in New Zealand are open. Milliseconds since 1970. */
export function timeOf(version: number): number {
  const day = (version / lastSeededVersion) * days
  const whole = Math.floor(day)
  return firstDay + (whole - 1) * dayMs + opensMs + (day - whole) * openMs
}

/** As Lightspeed writes it: `2017-05-24T01:49:25+00:00`. */
export function stamp(time: number | Date): string {
  const seconds = Math.floor(Number(time) / 1000)
  const second = seconds - Math.floor(seconds / daySeconds) * daySeconds
  const clock = `${two(second / 3600)}:${two((second % 3600) / 60)}:${two(second % 60)}`
  return `${dateOf(Math.floor(seconds / daySeconds))}T${clock}+00:00`
}

const daySeconds = 86_400
const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))
const two = (value: number): string => twoDigits[Math.floor(value)] ?? ''

/** The date of a day since 1970, worked out once. */
function dateOf(day: number): string {
  const known = dates.get(day) ?? new Date(day * dayMs).toISOString().slice(0, 10)
  dates.set(day, known)
  return known
}

const dates = new Map<number, string>()

/** A time so many days earlier, never before the retailer began. */
export const daysBefore = (time: number, count: number): number => Math.max(firstDay, time - count * dayMs)

/** A time so many days later. */
export const daysAfter = (time: number, count: number): number => time + count * dayMs
