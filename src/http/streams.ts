import { largestPhotoBytes } from '../evidence/photos.rules.ts'

/** Doors whose body is a file, read as it comes: each counts for itself how much it takes. */
const streams: readonly { path: RegExp; mostBytes: number }[] = [
  { path: /^\/api\/v1\/consignments\/[^/]+\/evidence$/, mostBytes: largestPhotoBytes },
  { path: /^\/api\/v1\/evidence-tickets\/[^/]+\/photos$/, mostBytes: largestPhotoBytes },
]

/** How much such a door takes; undefined for all others, whose body is JSON. */
export function streamLimit({ method, path }: { method: string; path: string }): number | undefined {
  return method === 'POST' ? streams.find((stream) => stream.path.test(path))?.mostBytes : undefined
}
