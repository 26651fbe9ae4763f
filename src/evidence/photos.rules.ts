export const mediaTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/heic'] as const
export type MediaType = (typeof mediaTypes)[number]

export const evidenceKinds = ['photo', 'signature'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

export const largestPhotoBytes = 10 * 1024 * 1024
export const largestSignatureBytes = 1024 * 1024
/** More than the 50 million that phones take, far less than a bomb unfolds to. */
export const mostPixels = 64_000_000
/** Of each kind, for one delivery; and for what belongs to the document alone. */
export const mostOfOne: Readonly<Record<EvidenceKind, number>> = { photo: 20, signature: 5 }

/** The longest edge of the small pictures, in pixels: for a list, and for a screen that cannot show the file itself. */
export const thumbnailEdges = [320, 1600] as const
export type ThumbnailEdge = (typeof thumbnailEdges)[number]

/** What the first bytes of a file say it is; its name and the sender's word count for nothing. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, 64))
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'image/webp'
  return text.startsWith('ftyp', 4) && isHeic(text) ? 'image/heic' : undefined
}

const heicBrands = ['heic', 'heix', 'heim', 'heis']

/** The brand, or where that is a general one, those that it goes with. */
function isHeic(text: string): boolean {
  const [brand, others] = [text.slice(8, 12), text.slice(16)]
  if (heicBrands.includes(brand)) return true
  return brand === 'mif1' && heicBrands.some((one) => others.includes(one))
}

const endings: Record<MediaType, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
}

/** A name to save it under, of letters that every disk takes. */
export function fileNameOf(id: string, mediaType: MediaType): string {
  return `evidence-${id}.${endings[mediaType]}`
}
