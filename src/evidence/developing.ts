import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { decodeHeic } from './heic.ts'
import { orientationOf } from './metadata/exif.ts'
import { cleanHeic } from './metadata/heic.ts'
import { cleanJpeg } from './metadata/jpeg.ts'
import { cleanPng } from './metadata/png.ts'
import { cleanWebp } from './metadata/webp.ts'
import { damaged, noPhoto, tooManyPixels } from './no-photo.ts'
import { mediaTypeOf, mostPixels, thumbnailEdges, type MediaType, type ThumbnailEdge } from './photos.rules.ts'
import { inTurn } from './turns.ts'

/** A file that is ready to be stored: as it was sent but for its metadata, and small pictures of it. */
export type Developed = {
  mediaType: MediaType
  sha256: string
  bytes: number
  width: number
  height: number
  path: string
  thumbnails: { edge: ThumbnailEdge; path: string }[]
}

const decodeSeconds = 20
/** Pictures that are unfolded at the same time: each may take 250 MB while it is. */
const atOnce = 2

sharp.cache(false)
sharp.concurrency(1)

const turn = inTurn(atOnce)

/**
 * Tells by its content what a file is, takes out what tells where it was made, and proves by a whole decode that it is a
 * picture. Writes beside the file. Throws a Refusal (422) that says why it is none.
 */
export async function develop(path: string): Promise<Developed> {
  return turn(async () => {
    const sent = await readFile(path)
    const mediaType = mediaTypeOf(sent)
    if (!mediaType) throw noPhoto('this is no JPEG, PNG, HEIC or WebP: what counts is the content, not the name')
    const parts = await cleaned(sent, mediaType)
    if (!parts) throw noPhoto(damaged)
    const clean = `${path}.clean`
    await writeFile(clean, parts, { mode: 0o600 })
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    const bytes = parts.reduce((sum, part) => sum + part.length, 0)
    const picture = await readPicture(clean, mediaType)
    return { mediaType, sha256: hash.digest('hex'), bytes, path: clean, ...(await printed(picture, path)) }
  })
}

async function cleaned(sent: Buffer, mediaType: MediaType): Promise<Buffer[] | undefined> {
  if (mediaType === 'image/heic') return cleanHeic(sent)
  const { orientation } = await sharp(sent, limits).metadata().catch(refuseUndecoded)
  return cleaners[mediaType](sent, orientationOf(orientation))
}

const cleaners = { 'image/jpeg': cleanJpeg, 'image/png': cleanPng, 'image/webp': cleanWebp } as const

const limits = { failOn: 'error', limitInputPixels: mostPixels, sequentialRead: true } as const

type Picture = { width: number; height: number; open: () => Sharp }

async function readPicture(path: string, mediaType: MediaType): Promise<Picture> {
  if (mediaType !== 'image/heic') {
    const { width, height } = await sharp(path, limits).metadata().catch(refuseUndecoded)
    return { width, height, open: () => sharp(path, limits).autoOrient() }
  }
  const { width, height, pixels } = await decodeHeic(path)
  const raw = { width, height, channels: 4 } as const
  return { width, height, open: () => sharp(pixels, { raw, limitInputPixels: mostPixels }) }
}

async function printed({ width, height, open }: Picture, path: string) {
  if (width * height > mostPixels) throw noPhoto(tooManyPixels)
  const thumbnails: Developed['thumbnails'] = []
  for (const edge of thumbnailEdges) {
    const to = `${path}.${edge}.webp`
    const small = open().resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    await small.timeout({ seconds: decodeSeconds }).webp({ quality: 80 }).toFile(to).catch(refuseUndecoded)
    thumbnails.push({ edge, path: to })
  }
  return { width, height, thumbnails }
}

/** What the decoder says of bytes is for us; of a disk it is no fault of the sender's. */
function refuseUndecoded(error: unknown): never {
  if (error instanceof Error && /ENOSPC|No space left|EDQUOT/.test(error.message)) throw error
  const isBomb = error instanceof Error && /pixel limit/i.test(error.message)
  throw noPhoto(isBomb ? tooManyPixels : damaged)
}
