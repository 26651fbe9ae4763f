import { boxesIn, reader, type Box } from './boxes.ts'
import { locationsIn, type Range } from './heic-items.ts'

/** Items that make a picture: coded images, and those that are put together of others. */
const pictures = new Set(['hvc1', 'grid', 'iden', 'iovl', 'tmap', 'jpeg'])
const ofFile = new Set(['ftyp', 'meta', 'mdat'])
const ofMeta = new Set(['hdlr', 'pitm', 'iinf', 'iloc', 'iref', 'iprp', 'idat', 'dinf', 'grpl'])
/** Properties of a picture; others may hold words of people, or times. */
const ofPicture = new Set([
  'hvcC',
  'ispe',
  'pixi',
  'irot',
  'imir',
  'clap',
  'colr',
  'pasp',
  'auxC',
  'lsel',
  'rloc',
  'clli',
  'mdcv',
  'jpgC',
  'amve',
])

/**
 * Wipes whatever is no part of a picture (Exif, XMP, films, names), in place: nothing moves, so every address within the
 * file still holds. Which way up it is stands in a property of the picture itself. Undefined where the file is cut off, or
 * is built as we do not know.
 */
export function cleanHeic(bytes: Buffer): Buffer[] | undefined {
  try {
    return wiped(bytes) ? [bytes] : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function wiped(bytes: Buffer): boolean {
  const top = boxesIn(bytes, 0, bytes.length)
  const meta = top?.find(({ type }) => type === 'meta')
  const inMeta = meta && boxesIn(bytes, meta.from + 4, meta.to)
  const properties = inMeta?.find(({ type }) => type === 'iprp')
  const inProperties = properties && boxesIn(bytes, properties.from, properties.to)
  const container = inProperties?.find(({ type }) => type === 'ipco')
  const each = container && boxesIn(bytes, container.from, container.to)
  if (!top || !inMeta || !each) return false
  const kept = keptRanges(bytes, inMeta)
  if (!kept || kept.some(({ to }) => to > bytes.length)) return false
  for (const box of [...top.filter(({ type }) => type === 'mdat'), ...inMeta.filter(({ type }) => type === 'idat')])
    wipeAround(bytes, box, kept)
  for (const box of strangers(top, ofFile)) wipeBox(bytes, box)
  for (const box of strangers(inMeta, ofMeta)) wipeBox(bytes, box)
  for (const box of strangers(each, ofPicture)) wipeBox(bytes, box)
  return true
}

/** Where the pictures lie in the file. */
function keptRanges(bytes: Buffer, inMeta: readonly Box[]): Range[] | undefined {
  const [names, places] = [inMeta.find(({ type }) => type === 'iinf'), inMeta.find(({ type }) => type === 'iloc')]
  if (!names || !places) return undefined
  const shown = picturesIn(bytes, names)
  const idat = inMeta.find(({ type }) => type === 'idat')
  return shown && locationsIn(bytes, places, idat).flatMap(({ item, ranges }) => (shown.has(item) ? ranges : []))
}

/** The items of the list that are pictures. */
function picturesIn(bytes: Buffer, list: Box): Set<number> | undefined {
  const version = bytes[list.from] ?? 0
  const entries = boxesIn(bytes, list.from + (version === 0 ? 6 : 8), list.to)
  if (!entries) return undefined
  return new Set(
    entries.flatMap(({ from }) => {
      const { number, word } = reader(bytes, from)
      const entryVersion = number(1)
      number(3)
      const item = number(entryVersion === 3 ? 4 : 2)
      number(2)
      return entryVersion >= 2 && pictures.has(word(4)) ? [item] : []
    }),
  )
}

function strangers(boxes: readonly Box[], known: ReadonlySet<string>): Box[] {
  return boxes.filter(({ type }) => !known.has(type))
}

function wipeBox(bytes: Buffer, { at, from, to }: Box) {
  bytes.write('free', at + 4, 'latin1')
  bytes.fill(0, from, to)
}

function wipeAround(bytes: Buffer, { from, to }: Box, kept: readonly Range[]) {
  const inside = kept.filter((one) => one.from < to && one.to > from).toSorted((one, other) => one.from - other.from)
  let at = from
  for (const range of inside) {
    if (range.from > at) bytes.fill(0, at, range.from)
    at = Math.max(at, range.to)
  }
  if (at < to) bytes.fill(0, at, to)
}
