import { randomUUID } from 'node:crypto'
import type { OpenAPIV3_1 } from 'openapi-types'
import { z } from 'zod'
import { time, words } from '../consignments/fields.ts'
import type { Said } from './adding.actions.ts'
import { evidenceKinds, mediaTypes } from './photos.rules.ts'
import type { Opened } from './reading.actions.ts'

const binary = { schema: { type: 'string', format: 'binary' } } as const

/** A picture as the body of a request. */
export const pictures: OpenAPIV3_1.RequestBodyObject = {
  required: true,
  description: 'The file itself, at most 10 MB (a signature, a PNG, 1 MB); what it is counts by its content',
  content: Object.fromEntries([...mediaTypes, 'application/octet-stream'].map((type) => [type, binary])),
}

/** A picture as an answer. */
export const pictureOf = (types: readonly string[]) => ({
  description: 'The file',
  content: Object.fromEntries(types.map((type) => [type, binary])),
})

export const fullUpload = z.object({
  id: z.uuid().optional().describe('Made by whoever sends it: the same again is not a second one'),
  name: words(200).optional(),
  note: words(1000).optional(),
  takenAt: time.optional(),
  kind: z.enum(evidenceKinds).default('photo'),
  deliveryId: z.uuid().optional(),
  lineId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  signedBy: words(200).optional().describe('Of a signature: whose it is'),
  dryRun: z.stringbool().default(false),
})

type Given = Omit<z.output<typeof fullUpload>, 'dryRun'>

/** What was said, and what was not, as null. */
export function saidOf({ id, kind, ...given }: Given): Said {
  return {
    id: id?.toLowerCase() ?? randomUUID(),
    kind,
    deliveryId: given.deliveryId ?? null,
    lineId: given.lineId ?? null,
    caseId: given.caseId ?? null,
    name: given.name ?? null,
    note: given.note ?? null,
    signedBy: given.signedBy ?? null,
    takenAt: given.takenAt ?? null,
    ticketId: null,
  }
}

/** The file, for who asked and nobody else; shown as what it is and never as a page. */
export function answerFile({ body, bytes, mediaType, sha256, fileName }: Opened): Response {
  return new Response(body, {
    headers: {
      'content-type': mediaType,
      'content-length': String(bytes),
      'content-disposition': `inline; filename="${fileName}"`,
      'cache-control': 'private, max-age=3600',
      'x-content-type-options': 'nosniff',
      etag: `"${sha256}"`,
    },
  })
}
