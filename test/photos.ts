import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { z } from 'zod'
import type { Office } from './office.ts'
import { adminToken } from './shop.ts'

/** Words that a photo of these stories carries about where it was made. */
export const secrets = ['at-my-home', 'Wellington', 'SecretMaker', 'behind-the-end']

type Shape = { width?: number; height?: number; colour?: string }

const canvas = ({ width = 240, height = 160, colour = '#c96' }: Shape) =>
  sharp({ create: { width, height, channels: 3, background: colour } }).composite([
    {
      input: {
        create: { width: Math.ceil(width / 3), height: Math.ceil(height / 4), channels: 3, background: '#247' },
      },
      left: 4,
      top: 4,
    },
  ])

const telling = (from: ReturnType<typeof canvas>) =>
  from
    .withExif({
      IFD0: { Make: 'SecretMaker', ImageDescription: 'at-my-home' },
      IFD3: {
        GPSLatitudeRef: 'S',
        GPSLatitude: '41/1 17/1 12/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '174/1 46/1 34/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><City>Wellington</City></x:xmpmeta>')

/** As a phone takes it: on its side, with the place, the maker and more behind the end of the picture. */
export async function jpeg(shape: Shape = {}): Promise<Buffer> {
  const picture = await telling(canvas(shape)).jpeg().toBuffer()
  return Buffer.concat([picture, Buffer.from('behind-the-end')])
}

export const webp = (shape: Shape = {}) => telling(canvas(shape)).webp().toBuffer()
export const png = (shape: Shape = {}) => telling(canvas(shape)).png().toBuffer()
/** 160 by 120, made by an encoder of HEVC from a JPEG with a place in it. */
export const heic = () => readFileSync(join(import.meta.dirname, 'pictures', 'box.heic'))

type Sending = Partial<
  Record<'id' | 'kind' | 'deliveryId' | 'lineId' | 'caseId' | 'signedBy' | 'name' | 'dryRun', string>
>

/** Sends a file as the body of a request, as the pages and the command do. */
export async function sendPhoto(
  office: Office,
  ref: string,
  body: Buffer | string,
  { headers = {}, ...said }: Sending & { headers?: object } = {},
) {
  const query = new URLSearchParams({ id: randomUUID(), ...said })
  return office.app.request(`/api/v1/consignments/${ref}/evidence?${query.toString()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/octet-stream', ...headers },
    body: Buffer.from(body),
  })
}

const shown = z.object({
  id: z.string(),
  kind: z.string(),
  mediaType: z.string().nullable(),
  bytes: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  sha256: z.string(),
  file: z.string().nullable(),
  thumbnail: z.string().nullable(),
  deliveryId: z.string().nullable(),
  createdBy: z.string(),
  byTicket: z.string().nullable(),
  removed: z.object({ reason: z.string().nullable() }).nullable(),
  archivedAt: z.string().nullable(),
  erasedAt: z.string().nullable(),
})
export const shownPhoto = (answer: unknown) => shown.parse(answer)

export async function photosOf(office: Office, ref: string, query = '') {
  const answer = await open(office, `/api/v1/consignments/${ref}/evidence${query}`)
  return z.object({ data: z.array(shown) }).parse(await answer.json()).data
}

export async function open(office: Office, path: string, headers: object = {}) {
  return office.app.request(path, { headers: { authorization: `Bearer ${adminToken}`, ...headers } })
}

/** Goods have arrived; whatever arrived before is counted. */
export async function arrive(office: Office, consignmentId: string, position = 1): Promise<string> {
  const id = randomUUID()
  await sql`update delivery set completed_at = now(), completed_by = 'administrator', outcome = 'more_to_come'
    where consignment_id = ${consignmentId} and completed_at is null`.execute(office.db)
  await sql`insert into delivery (id, consignment_id, position, started_by)
    values (${id}, ${consignmentId}, ${position}, 'administrator')`.execute(office.db)
  return id
}

/** Every file in the data folder that holds something of a photo, whole or half. */
export function filesIn(office: Office): string[] {
  return ['files', 'incoming'].flatMap((folder) => {
    const path = join(office.dataDir, folder)
    if (!existsSync(path)) return []
    const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    return entries.map(({ parentPath, name }) => join(parentPath, name).slice(office.dataDir.length + 1))
  })
}
