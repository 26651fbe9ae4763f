import { thumbnailEdges, type ThumbnailEdge } from './photos.rules.ts'

/** Under which key a file lies; the first two letters of its hash keep folders small. */
export function fileKey(sha256: string): string {
  return `${sha256.slice(0, 2)}/${sha256}`
}

export function thumbnailKey(sha256: string, edge: ThumbnailEdge): string {
  return `${fileKey(sha256)}.${edge}.webp`
}

/** All that lies in the storage because of one file. */
export function keysOf(sha256: string): string[] {
  return [...thumbnailEdges.map((edge) => thumbnailKey(sha256, edge)), fileKey(sha256)]
}
