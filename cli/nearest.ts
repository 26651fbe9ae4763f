/** The known word that a mistyped one was most likely meant to be; nothing when none is near. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(typed.length / 3))
  const near = known
    .map((word) => ({ word, steps: word.startsWith(typed) && typed.length > 1 ? 1 : distance(typed, word) }))
    .filter(({ steps }) => steps <= most)
    .toSorted((one, other) => one.steps - other.steps)
  return near[0]?.word
}

/** Letters to add, drop, change or swap (Damerau and Levenshtein, each place touched once). */
function distance(from: string, to: string): number {
  let before: number[] = []
  let row = Array.from({ length: to.length + 1 }, (_, place) => place)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const costs = [at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (same ? 0 : 1)]
      next.push(Math.min(...costs, swapped ? at(before, j - 2) + 1 : Infinity))
    }
    before = row
    row = next
  }
  return at(row, to.length)
}

function at(row: readonly number[], place: number): number {
  return row[place] ?? Infinity
}
