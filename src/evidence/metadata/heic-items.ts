import { reader, type Box } from './boxes.ts'

/** Bytes of the file: the first, and the one behind the last. */
export type Range = { from: number; to: number }

export type Located = { item: number; ranges: Range[] }

/** Where each item lies, from the `iloc` box (ISO/IEC 14496-12, 8.11.3). Throws a RangeError for what does not fit. */
export function locationsIn(bytes: Buffer, { from, to }: Box, idat: Box | undefined): Located[] {
  const { number } = reader(bytes.subarray(0, to), from)
  const version = number(1)
  number(3)
  const [sizes, more] = [number(1), number(1)]
  const widths = { offset: sizes >> 4, length: sizes & 15, base: more >> 4, index: version > 0 ? more & 15 : 0 }
  const idBytes = version < 2 ? 2 : 4
  const items = number(idBytes)
  return Array.from({ length: items }, () => {
    const item = number(idBytes)
    const method = version > 0 ? number(2) & 15 : 0
    number(2)
    const base = number(widths.base) + originOf(method, idat)
    const extents = number(2)
    const ranges = Array.from({ length: extents }, () => {
      number(widths.index)
      const start = base + number(widths.offset)
      const length = number(widths.length)
      return { from: start, to: length === 0 ? bytes.length : start + length }
    })
    return { item, ranges }
  })
}

/** Addresses count from the begin of the file, or of the `idat` box. Those of other items are made by none of our phones. */
function originOf(method: number, idat: Box | undefined): number {
  if (method === 0) return 0
  if (method === 1 && idat) return idat.from
  throw new RangeError('An item lies where no phone puts it')
}
