import { validator } from 'hono-openapi'
import type { z } from 'zod'
import { Refusal } from '../kernel/refusal.ts'

/** Reads a part of the request by a schema; what does not fit is refused (422) with the name of the field. */
export function valid<Target extends 'json' | 'query' | 'param', Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) {
  return validator(target, schema, (result) => {
    if (result.success) return
    const issues = result.error.map(({ path, message }) => ({
      field: (path ?? []).map(String).join('.') || target,
      message,
    }))
    const said = issues.map(({ field, message }) => `${field}: ${message}`).join('; ')
    throw new Refusal(
      'not_valid',
      `${target === 'json' ? 'body' : target}_not_valid`,
      `The request is not valid: ${said}`,
      { issues },
    )
  })
}
