import { validator } from 'hono-openapi'
import type { z } from 'zod'
import { Refusal } from '../kernel/refusal.ts'

/** Reads a part of the request by a schema; what does not fit is refused (422) with the name of the field. */
export function valid<Part extends Target, Schema extends z.ZodType>(
  target: Part,
  schema: Schema,
  { isTextRead = false }: Reading = {},
) {
  return validator(target, schema, (result) => {
    if (result.success) return isTextRead ? undefined : refuseUnstorable(target, result.data)
    const issues = result.error.map(({ path, message }) => ({
      field: (path ?? []).map(String).join('.') || wordFor(target),
      message,
    }))
    throw notValid(target, issues)
  })
}

type Reading = {
  /** The schema itself tells apart, part by part, what is no text. */
  isTextRead?: boolean
}
type Target = 'json' | 'query' | 'param'
type Issue = { field: string; message: string }

function notValid(target: Target, issues: Issue[]): Refusal {
  const said = issues.map(({ field, message }) => `${field}: ${message}`).join('; ')
  return new Refusal('not_valid', `${wordFor(target)}_not_valid`, `The request is not valid: ${said}`, { issues })
}

function wordFor(target: Target): string {
  return target === 'json' ? 'body' : target
}

/** A NUL or half a character is no text: PostgreSQL cannot hold it, and no keyboard makes it. */
function refuseUnstorable(target: Target, data: unknown) {
  const issues = [...unstorable(data, [])].map((field) => ({
    field: field || wordFor(target),
    message: 'has characters that are no text',
  }))
  if (issues.length > 0) throw notValid(target, issues)
}

/** The paths of what is no text, within a value that came in. */
export function* unstorable(value: unknown, path: string[]): Generator<string> {
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) yield path.join('.')
  if (typeof value !== 'object' || value === null || value instanceof Date) return
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('\0') || !key.isWellFormed()) yield path.join('.')
    yield* unstorable(inner, [...path, key])
  }
}
