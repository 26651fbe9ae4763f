import type { Context } from 'hono'
import { refused } from './refused.ts'

export type Fields = { [field: string]: unknown }

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The JSON of a request, or 400. */
export async function jsonOf(c: Context): Promise<unknown> {
  try {
    const value: unknown = await c.req.json()
    return value
  } catch {
    throw refused(400, 'The body is not JSON')
  }
}

/** The object in a body, flat or inside `data`, or 400. */
export async function fieldsOf(c: Context): Promise<Fields> {
  const value = await jsonOf(c)
  const inner = isFields(value) && isFields(value['data']) ? value['data'] : value
  if (!isFields(inner)) throw refused(400, 'The body is not an object')
  return inner
}

/** A number, also from a text that is one. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined
}

export const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The objects in a list; anything else in it is left out. */
export const listIn = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/** The named fields that are there. */
export const only = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]))
