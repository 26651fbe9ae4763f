/** What a field holds, as it is compared: decimals as the shortest text, lists in order. */
export type Value = string | boolean | null | readonly string[]

export type Fields = Readonly<Record<string, Value>>

type Sides = {
  /** What is wanted. */
  set: Fields
  /** What was there when it was wished, as far as we knew. */
  before: Fields
  /** What earlier wishes of ours wanted: that it is so now is our own doing. */
  earlier: readonly Fields[]
  current: Fields
}

/** Fields that are to be written, and in words those that somebody else has changed meanwhile, which nothing may overwrite. */
export function mergeFields({ set, before, earlier, current }: Sides): { toWrite: string[]; foreign: string[] } {
  const toWrite = Object.keys(set).filter((name) => !isSame(set[name], current[name]))
  const foreign = toWrite.filter((name) =>
    [before, ...earlier].every((fields) => !(name in fields) || !isSame(fields[name], current[name])),
  )
  return { toWrite, foreign: foreign.map((name) => `${name} was changed there to ${said(current[name])}`) }
}

/** In words what is not as it was wanted. */
export function stillOther(set: Fields, current: Fields): string[] {
  return Object.keys(set)
    .filter((name) => !isSame(set[name], current[name]))
    .map((name) => `${name} reads ${said(current[name])}, not ${said(set[name])}`)
}

function isSame(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

function said(value: Value | undefined): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value)
}
