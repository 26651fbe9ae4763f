import type { Row } from './store.ts'

/** The changed rows of one collection. */
export type Overlay = {
  get(id: string): Row | undefined
  put(row: Row): void
  /** Rows with a version above, ascending. */
  above(version: number): Generator<Row>
  /** Rows of one parent, ascending. */
  childrenOf(parent: string): Row[]
  size(): number
}

export function openOverlay(parentsOf: (row: Row) => string[]): Overlay {
  const newest = new Map<string, Row>()
  const children = new Map<string, Set<string>>()
  let inOrder: Row[] = []

  const isCurrent = (row: Row) => newest.get(row.id) === row

  return {
    get: (id) => newest.get(id),
    put(row) {
      newest.set(row.id, row)
      inOrder.push(row)
      if (inOrder.length > 64 + 2 * newest.size) inOrder = inOrder.filter(isCurrent)
      for (const parent of parentsOf(row)) addTo(children, parent, row.id)
    },
    *above(version) {
      const rows = inOrder
      for (let at = firstAbove(rows, version); at < rows.length; at++) {
        const row = rows[at]
        if (row && isCurrent(row)) yield row
      }
    },
    childrenOf: (parent) =>
      [...(children.get(parent) ?? [])]
        .flatMap((id) => newest.get(id) ?? [])
        .toSorted((one, other) => one.version - other.version),
    size: () => newest.size,
  }
}

function firstAbove(rows: Row[], version: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rows[middle]?.version ?? Infinity) > version) high = middle
    else low = middle + 1
  }
  return low
}

function addTo(sets: Map<string, Set<string>>, key: string, member: string): void {
  const members = sets.get(key)
  if (members) members.add(member)
  else sets.set(key, new Set([member]))
}
