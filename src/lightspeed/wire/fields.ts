import { z } from 'zod'

/**
 * How a value of Lightspeed becomes a value of a column. Lightspeed sends numbers as strings and strings as numbers,
 * leaves nullable fields out, and writes "no brand" as {}: all of that is read as meant. A value that cannot be read
 * becomes null (the record's raw keeps it and the drift report names it), except in keys, versions and quantities,
 * which refuse the record. A number too long for a double comes as JSON.rawJSON and keeps its digits.
 */
export type FieldKind =
  | 'id'
  | 'version'
  | 'text'
  | 'integer'
  | 'decimal'
  | 'quantity'
  | 'boolean'
  | 'timestamp'
  | 'json'

const kinds = new WeakMap<z.ZodType, FieldKind>()

/** The kind of a field made by this file; undefined for nested lists. */
export function kindOf(schema: z.ZodType): FieldKind | undefined {
  return kinds.get(schema)
}

/** A lone transform, which zod also runs for an absent key: a third of the cost of `unknown().optional().transform()`. */
function field<Output>(kind: FieldKind, read: (value: unknown) => Output) {
  const schema = z.transform(read)
  kinds.set(schema, kind)
  return schema
}

function strict<Output>(kind: FieldKind, read: (value: unknown) => Output | undefined, complaint: string) {
  const schema = z.transform((value: unknown, context): Output => {
    const output = read(value)
    if (output !== undefined) return output
    context.addIssue({ code: 'custom', message: complaint })
    return z.NEVER
  })
  kinds.set(schema, kind)
  return schema
}

/** A key: a non-empty string, or a number read as one. Without it there is no row. */
export const key = () => strict('id', (value) => readText(value) || undefined, 'is missing or empty')
/** A reference to another record: text, or null. Dangling ones are allowed. */
export const reference = () => field('id', (value) => readText(value) || null)
/** The version of the record: a whole number up to 2^53, 0 where the collection sends none. */
export const version = () => strict('version', readVersion, 'is not a whole number')
export const text = () => field('text', readText)
/** A whole number up to 2^53 either way. */
export const integer = () => field('integer', readInteger)
/** Exact decimal digits as text, never a float. */
export const decimal = () => field('decimal', (value) => readDecimal(value) ?? null)
/** A decimal that stock depends on: what cannot be read refuses the record instead of becoming null. */
export const quantity = () => strict('quantity', readDecimal, 'is not a quantity')
export const boolean = () => field('boolean', readBoolean)
/** RFC 3339 text, from the three ways in which Lightspeed writes a time; one without a zone is in UTC. */
export const timestamp = () => field('timestamp', readTimestamp)
export const json = () => field('json', (value) => value ?? null)

function readText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return JSON.isRawJSON(value) ? value.rawJSON : null
}

function readVersion(value: unknown): number | undefined {
  if (value === undefined || value === null) return 0
  const number = readInteger(value)
  return number !== null && number >= 0 ? number : undefined
}

const wholeDigits = /^\s*[+-]?\d+(\.0*)?\s*$/

function readInteger(value: unknown): number | null {
  const digits = JSON.isRawJSON(value) ? value.rawJSON : value
  const number = typeof digits === 'string' && wholeDigits.test(digits) ? Number(digits) : digits
  return typeof number === 'number' && Number.isSafeInteger(number) ? number + 0 : null
}

/** Bounded, so that PostgreSQL's numeric holds whatever passes. */
const decimalDigits = /^[+-]?(\d{1,1000}(\.\d{0,1000})?|\.\d{1,1000})(e[+-]?\d{1,3})?$/i

/** null for "nothing there", undefined for "there is something, but no number". */
function readDecimal(value: unknown): string | null | undefined {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  const digits = JSON.isRawJSON(value) ? value.rawJSON : value
  if (typeof digits !== 'string') return isEmptyObject(digits) ? null : undefined
  return decimalDigits.test(digits.trim()) ? digits.trim() : undefined
}

function readBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (value === 1 || value === '1' || value === 'true') return true
  if (value === 0 || value === '0' || value === 'false') return false
  return null
}

const day = /([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/
const clock = /([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d{1,9})?))?/
const zone = /(?:Z|([+-](?:0\d|1[0-4])):?([0-5]\d)?)/
const time = new RegExp(`^${day.source}(?:[ T]${clock.source} ?${zone.source}?)?$`, 'i')

/** Strict, because PostgreSQL refuses a whole page for one 31 February. */
function readTimestamp(value: unknown): string | null {
  const parts = typeof value === 'string' ? time.exec(value) : null
  if (!parts) return null
  const [, year = '', month = '', date = '', hour = '00', minute = '00', second = '00', east, eastMinutes = '00'] =
    parts
  if (Number(date) > 28 && Number(date) > daysIn(Number(year), Number(month))) return null
  return `${year}-${month}-${date}T${hour}:${minute}:${second}${east ? `${east}:${eastMinutes}` : 'Z'}`
}

/** Day 0 of the month that follows. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
