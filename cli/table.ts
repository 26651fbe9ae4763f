import type { Screen } from './screen.ts'
import { cut, pad, widthOf } from './text.ts'

export type Column = {
  title: string
  align?: 'left' | 'right'
  /** May be cut where the terminal is too narrow. */
  gives?: boolean
}

const widestGap = 2
const leastWidth = 6

/** Rows under titles, as wide as they need; on a narrow terminal the gaps go first, then the columns that give way. */
export function table(screen: Screen, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const natural = columns.map(({ title }, at) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[at] ?? ''))))
  const gap = total(natural, widestGap) <= screen.width() ? widestGap : 1
  const widths = fit(columns, natural, screen.width() - gap * (columns.length - 1))
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align = 'left' }, at) => pad(fitted(cells[at] ?? '', widths[at] ?? 0), widths[at] ?? 0, align))
      .join(' '.repeat(gap))
      .trimEnd()
  return [screen.paint('bold', line(columns.map(({ title }) => title))), ...rows.map(line)].join('\n')
}

function fit(columns: readonly Column[], natural: readonly number[], room: number): number[] {
  const widths = [...natural]
  for (let over = total(widths, 0) - room; over > 0; over--) {
    const widest = columns.reduce(
      (best, { gives }, at) => (gives && (widths[at] ?? 0) > (widths[best] ?? leastWidth) ? at : best),
      -1,
    )
    if (widest < 0) return widths
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

function total(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1)
}

function fitted(cell: string, width: number): string {
  return widthOf(cell) <= width ? cell : cut(cell, width)
}
