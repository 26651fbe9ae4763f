import { exifOf, type Orientation } from './exif.ts'

const belonging = new Set(['VP8 ', 'VP8L', 'ALPH', 'ICCP'])

/** In the features of VP8X; of the others (animation, Exif, XMP) none is kept. */
const [hasIcc, hasAlpha, hasExif] = [0x20, 0x10, 0x08]

/** The chunks of one still picture and which way up it is; undefined where the file is cut off. What moves keeps no picture. */
export function cleanWebp(bytes: Buffer, orientation: Orientation): Buffer[] | undefined {
  const whole = 8 + bytes.readUInt32LE(4)
  if (whole > bytes.length) return undefined
  const kept: Buffer[] = []
  for (let at = 12; at + 8 <= whole;) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    if (end > whole) return undefined
    if (type === 'VP8X') kept.push(features(bytes.subarray(at, end), orientation))
    if (belonging.has(type)) kept.push(bytes.subarray(at, end))
    at = end
  }
  const isExtended = kept[0]?.toString('latin1', 0, 4) === 'VP8X'
  const parts = [...kept, ...(isExtended ? exifChunk(orientation) : [])]
  const head = Buffer.from(bytes.subarray(0, 12))
  head.writeUInt32LE(4 + parts.reduce((sum, part) => sum + part.length, 0), 4)
  return [head, ...parts]
}

function features(chunk: Buffer, orientation: Orientation): Buffer {
  const own = Buffer.from(chunk)
  const flags = (own[8] ?? 0) & (hasIcc | hasAlpha)
  own[8] = orientation === 1 ? flags : flags | hasExif
  return own
}

function exifChunk(orientation: Orientation): Buffer[] {
  if (orientation === 1) return []
  const content = exifOf(orientation)
  const head = Buffer.from('EXIF\0\0\0\0', 'latin1')
  head.writeUInt32LE(content.length, 4)
  return [head, content]
}
