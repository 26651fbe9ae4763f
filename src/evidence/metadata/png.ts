import { crc32 } from 'node:zlib'
import { exifOf, type Orientation } from './exif.ts'

/** What makes the picture and its colours. */
const belonging = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'tRNS',
  'cHRM',
  'gAMA',
  'iCCP',
  'sBIT',
  'sRGB',
  'cICP',
  'bKGD',
  'pHYs',
])

const signatureBytes = 8

/** The chunks that make the picture and which way up it is, to the end; undefined where the file does not reach it. */
export function cleanPng(bytes: Buffer, orientation: Orientation): Buffer[] | undefined {
  const kept = [bytes.subarray(0, signatureBytes)]
  for (let at = signatureBytes; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return undefined
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'IEND') return [...kept, bytes.subarray(at, end)]
    if (belonging.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IHDR') kept.push(...exifChunk(orientation))
    at = end
  }
  return undefined
}

function exifChunk(orientation: Orientation): Buffer[] {
  if (orientation === 1) return []
  const named = Buffer.concat([Buffer.from('eXIf', 'latin1'), exifOf(orientation)])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(named.length - 4)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return [length, named, sum]
}
