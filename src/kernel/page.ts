/** A page of a list, and what is given back as `after` for the one that follows; null behind the last. */
export type Page<View> = { data: View[]; next: string | null }

/** A page of as many rows as were asked for may be followed by another, which begins behind its last row. */
export function pageOf<Row, View>(
  rows: readonly Row[],
  limit: number,
  { view, after }: { view: (row: Row) => View; after: (last: Row) => string },
): Page<View> {
  const last = rows.length === limit ? rows.at(-1) : undefined
  return { data: rows.map((row) => view(row)), next: last === undefined ? null : after(last) }
}
