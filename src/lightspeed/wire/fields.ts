import { z } from 'zod'

/**
 * How a value of Lightspeed becomes a value of a column. Lightspeed sends numbers as strings and strings as numbers,
 * leaves nullable fields out, and writes "no brand" as {}: all of that is read as meant. A value that cannot be read
 * becomes null (the record's raw keeps it and the drift report names it), except in keys and quantities, which refuse.
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

function field<Output>(kind: FieldKind, read: (value: unknown) => Output) {
  const schema = z.unknown().optional().transform(read)
  kinds.set(schema, kind)
  return schema
}

function strict<Output>(kind: FieldKind, read: (value: unknown) => Output | undefined, complaint: string) {
  const schema = z
    .unknown()
    .optional()
    .transform((value, context): Output => {
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
export const integer = () => field('integer', readInteger)
/** Exact decimal digits as text, never a float. */
export const decimal = () => field('decimal', (value) => readDecimal(value) ?? null)
/** A decimal that stock depends on: what cannot be read refuses the record instead of becoming null. */
export const quantity = () => strict('quantity', readDecimal, 'is not a quantity')
export const boolean = () => field('boolean', readBoolean)
/** RFC 3339 in UTC, from the three ways in which Lightspeed writes a time. */
export const timestamp = () => field('timestamp', readTimestamp)
export const json = () => field('json', (value) => value ?? null)

function readText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return JSON.isRawJSON(value) ? value.rawJSON : null
}

function readVersion(value: unknown): number | undefined {
  if (value === undefined || value === null) return 0
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

function readInteger(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}

const decimalDigits = /^[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})(e[+-]?\d{1,2})?$/i

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

const sqlTime = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/
const dateOnly = /^\d{4}-\d\d-\d\d$/
const plausible = /^[12]\d{3}-/

function readTimestamp(value: unknown): string | null {
  if (typeof value !== 'string' || !plausible.test(value)) return null
  const zoned =
    sqlTime.test(value) || dateOnly.test(value)
      ? `${value.replace(' ', 'T')}${dateOnly.test(value) ? 'T00:00:00' : ''}Z`
      : value
  const time = Date.parse(zoned)
  return Number.isNaN(time) ? null : zoned
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
