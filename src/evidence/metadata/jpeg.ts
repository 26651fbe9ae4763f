import { exifOf, type Orientation } from './exif.ts'

const [tem, soi, eoi, sos, app0, app2, app14, com] = [0x01, 0xd8, 0xd9, 0xda, 0xe0, 0xe2, 0xee, 0xfe]

/**
 * The segments that make the picture, its colours and which way up it is; undefined where the file does not reach its end.
 * Everything else goes: Exif with place and maker notes, XMP, IPTC, comments, previews, and what hangs behind the end.
 */
export function cleanJpeg(bytes: Buffer, orientation: Orientation): Buffer[] | undefined {
  const kept = [bytes.subarray(0, 2), ...exifSegment(orientation)]
  for (let at = 2; at + 2 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === eoi) return [...kept, bytes.subarray(at, at + 2)]
    const end = hasNoLength(marker) ? at + 2 : endOfSegment(bytes, at)
    if (end === undefined) return undefined
    const next = marker === sos ? endOfScan(bytes, end) : end
    if (belongs(marker, bytes.subarray(at + 4, end))) kept.push(bytes.subarray(at, next))
    at = next
  }
  return undefined
}

function hasNoLength(marker: number): boolean {
  return marker === tem || marker === soi || (marker >= 0xd0 && marker <= 0xd7)
}

function endOfSegment(bytes: Buffer, at: number): number | undefined {
  if (at + 4 > bytes.length) return undefined
  const length = bytes.readUInt16BE(at + 2)
  const end = at + 2 + length
  return length >= 2 && end <= bytes.length ? end : undefined
}

/** Where the next marker stands: in a scan 0xff is followed by 0, by a restart, or by a marker. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

function belongs(marker: number, content: Buffer): boolean {
  const begins = (word: string) => content.subarray(0, word.length).equals(Buffer.from(word, 'latin1'))
  if (marker === app0) return begins('JFIF\0')
  if (marker === app2) return begins('ICC_PROFILE\0')
  if (marker === app14) return begins('Adobe')
  const isApplication = marker > app0 && marker <= 0xef
  return !isApplication && marker !== com && marker < 0xf0
}

function exifSegment(orientation: Orientation): Buffer[] {
  if (orientation === 1) return []
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOf(orientation)])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return [head, content]
}
