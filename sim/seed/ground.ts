import type { Sizes } from '../scale.ts'
import type { Collection, Row } from '../store.ts'
import type { Ids, Kind } from './ids.ts'
import type { Dice } from './random.ts'

/** What every maker of rows stands on. */
export type Ground = {
  sizes: Sizes
  ids: Ids
  id(kind: Kind, index: number): string
  version(collection: Collection, index: number): number
  /** Milliseconds since 1970 of the last change of that row. */
  time(collection: Collection, index: number): number
  /** Chance of one row; `stream` keeps the questions about one row apart. */
  dice(kind: Kind, index: number, stream?: number): Dice
}

/** The seeded rows of one collection. */
export type Source = {
  count: number
  row(index: number): Row
  indexOf?: (id: string) => number | undefined
  children?: (parent: string) => number[]
}

type Unstamped = { [field: string]: unknown; id: string }

/** A collection small enough to be kept, made of rows without their version, each when it is first asked for. */
export function kept(
  ground: Ground,
  collection: Collection,
  count: number,
  make: (index: number) => Unstamped,
): Source {
  const rows: Row[] = []
  return { count, row: (index) => (rows[index] ??= { ...make(index), version: ground.version(collection, index) }) }
}

/** The object without the fields that are undefined: Lightspeed leaves out what is not set. */
export function present<Fields extends { [field: string]: unknown }>(fields: Fields): Fields {
  for (const name of Object.keys(fields)) if (fields[name] === undefined) delete fields[name]
  return fields
}

/** The row in which the thing with this index lies, when each row holds up to so many. */
export function placeOf(index: number | undefined, each: number, count: number): number[] {
  const place = index === undefined ? Infinity : Math.floor(index / each)
  return place < count ? [place] : []
}

/** At most five decimals, as Lightspeed's prices have. */
export const round5 = (value: number): number => Math.round(value * 100_000) / 100_000
export const round2 = (value: number): number => Math.round(value * 100) / 100
