import { isFields, numberIn, type Fields } from './body.ts'
import { refused } from './refused.ts'
import { stamp } from './seed/time.ts'

/** A text of a body, null where it says so, undefined where it is silent. 400 for anything else. */
export function textField(body: Fields, name: string): string | null | undefined {
  const value = body[name]
  if (value === undefined || value === null || typeof value === 'string') return value
  throw refused(400, `${name} must be a string`)
}

/** A moment in any of the ways clients write it, as Lightspeed answers it. */
export function timeField(body: Fields, name: string): string | null | undefined {
  const text = textField(body, name)
  if (text === undefined || text === null) return text
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(text)
  const hasTime = /\d[T ]\d/.test(text)
  const time = Date.parse(hasTime && !hasZone ? `${text.replace(' ', 'T')}Z` : text)
  if (Number.isNaN(time)) throw refused(400, `${name} must be a date and time`)
  return stamp(time)
}

/** A number, also written as text; undefined for null. */
export function amountField(body: Fields, name: string): number | undefined {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  const amount = numberIn(value)
  if (amount === undefined) throw refused(400, `${name} must be a number`)
  return amount
}

export function flagField(body: Fields, name: string): boolean | undefined {
  const value = body[name]
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined
  throw refused(400, `${name} must be a boolean`)
}

export type Filter = { type: string; value: string }

const filterTypes = ['product_type', 'brand', 'supplier', 'tag', 'product']
const mostFilters = 25

/** What a count is limited to: at most 25 filters, each a type and the id of one thing. */
export function filtersField(body: Fields): Filter[] | undefined {
  const value = body['filters']
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw refused(400, 'filters must be a list')
  if (value.length > mostFilters) throw refused(400, `A count takes at most ${mostFilters} filters`)
  return value.map((filter: unknown) => {
    const { type, value: id } = isFields(filter) ? filter : {}
    if (typeof type !== 'string' || !filterTypes.includes(type) || typeof id !== 'string') {
      throw refused(400, `A filter is a type (${filterTypes.join(', ')}) and a value`)
    }
    return { type, value: id }
  })
}

/** A quantity or cost as Lightspeed writes it: text with five decimals. */
export const fixed = (amount: number): string => (Math.round(amount * 100_000) / 100_000 + 0).toFixed(5)
