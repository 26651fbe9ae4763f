import { isJson, type Json } from './shop.ts'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const decimal = /^-?\d+\.\d{5,10}$/

/** What a value can be, by a short word. */
const words = {
  uuid: (value: unknown) => typeof value === 'string' && uuid.test(value),
  text: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  whole: (value: unknown) => Number.isSafeInteger(value),
  flag: (value: unknown) => typeof value === 'boolean',
  /** A moment that says its zone. */
  time: (value: unknown) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
  /** A number as text, with at least five decimals. */
  decimal: (value: unknown) => typeof value === 'string' && decimal.test(value),
  list: (value: unknown) => Array.isArray(value),
  object: isJson,
  /** Another record: the object, or `{}` where there is none. */
  relation: isJson,
  'text or number': (value: unknown) => typeof value === 'string' || typeof value === 'number',
} as const satisfies { [word: string]: (value: unknown) => boolean }

export type Word = keyof typeof words

/** Fields and what they are. A name that ends with `?` may be missing or null; a list in brackets has rows of one shape. */
export type Shape = { readonly [field: string]: Word | Shape | readonly [Shape] }

/** Where a row is not as its shape says, each as a sentence. Fields that the shape does not name may be there. */
export function misfits(shape: Shape, row: Json, place = ''): string[] {
  return Object.entries(shape).flatMap(([name, kind]) => {
    const field = name.replace(/\?$/, '')
    const value = row[field]
    if (value === undefined || value === null) return name.endsWith('?') ? [] : [`${place}${field} is missing`]
    return misfit(kind, value, place + field)
  })
}

function misfit(kind: Shape[string], value: unknown, place: string): string[] {
  if (typeof kind === 'string') {
    return words[kind](value) ? [] : [`${place} should be ${kind}, it is ${JSON.stringify(value).slice(0, 80)}`]
  }
  if (isShapes(kind)) {
    if (!Array.isArray(value)) return [`${place} should be a list`]
    return value.flatMap((item: unknown, at) => misfit(kind[0], item, `${place}[${at}]`))
  }
  return isJson(value) ? misfits(kind, value, `${place}.`) : [`${place} should be an object`]
}

const isShapes = (kind: Shape[string]): kind is readonly [Shape] => Array.isArray(kind)
