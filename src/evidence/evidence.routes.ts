import { Hono } from 'hono'
import { z } from 'zod'
import { words } from '../consignments/fields.ts'
import { doorsOf, told } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { addEvidence, tryEvidence } from './adding.actions.ts'
import { addedEvidence, evidence, evidenceList, triedEvidence } from './evidence.shapes.ts'
import { mediaTypes, thumbnailEdges } from './photos.rules.ts'
import { openEvidence, openThumbnail, readEvidence } from './reading.actions.ts'
import { removeEvidence } from './removing.actions.ts'
import { answerFile, fullUpload, pictureOf, pictures, saidOf } from './uploads.ts'

const about = doorsOf('evidence')

const refusals = { 403: [], 404: [], 409: [], 422: [] }
const uploads = { ...refusals, 413: ['body_too_large'], 502: ['storage_away'] }
const files = { 404: ['evidence_unknown', 'evidence_gone'], 502: ['storage_away'] }

const listQuery = z.object({
  deliveryId: z.uuid().optional(),
  lineId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  all: z.stringbool().default(false),
})
const one = z.object({ id: z.uuid() })
const size = z.object({
  edge: z.coerce
    .number()
    .pipe(z.literal([...thumbnailEdges]))
    .default(thumbnailEdges[0]),
})
const removal = z.strictObject({ reason: words(500), dryRun: z.boolean().default(false) })

export const evidenceRoutes = new Hono<Env>()
  .get(
    '/api/v1/consignments/:id/evidence',
    about('Its photos and signatures; with `all` also what was removed or archived', { 200: evidenceList }, refusals),
    valid('query', listQuery),
    async (c) => c.json(await readEvidence(c.var.context, c.req.param('id'), c.req.valid('query'))),
  )
  .post(
    '/api/v1/consignments/:id/evidence',
    about(
      'Add a photo or a signature: the file itself is the body',
      { 200: told(z.union([addedEvidence, triedEvidence]), 'What is there already, or would be'), 201: addedEvidence },
      uploads,
      { body: pictures },
    ),
    valid('query', fullUpload),
    async (c) => {
      const { dryRun, ...given } = c.req.valid('query')
      const { storage, config } = c.var.house
      const upload = { ref: c.req.param('id'), said: saidOf(given), body: c.req.raw.body }
      if (dryRun) return c.json(await tryEvidence(c.var.context, config, upload))
      const { isNew, evidence: added } = await addEvidence(c.var.context, { storage, dataDir: config.dataDir }, upload)
      return c.json({ dryRun: false as const, ...added }, isNew ? 201 : 200)
    },
  )
  .get(
    '/api/v1/evidence/:id',
    about('The file, as it was sent but for its metadata', { 200: pictureOf(mediaTypes) }, files),
    valid('param', one),
    async (c) => answerFile(await openEvidence(c.var.context, c.var.house.storage, c.req.valid('param').id)),
  )
  .get(
    '/api/v1/evidence/:id/thumbnail',
    about('A small picture of it, upright, which every browser shows', { 200: pictureOf(['image/webp']) }, files),
    valid('param', one),
    valid('query', size),
    async (c) => {
      const wish = { id: c.req.valid('param').id, edge: c.req.valid('query').edge }
      return answerFile(await openThumbnail(c.var.context, c.var.house.storage, wish))
    },
  )
  .delete(
    '/api/v1/evidence/:id',
    about('Mark it as removed, with the reason; that it was there stays', { 200: evidence }, refusals),
    valid('param', one),
    valid('json', removal),
    async (c) => {
      const { id } = c.req.valid('param')
      return c.json(await removeEvidence(c.var.context, { id, ...c.req.valid('json') }))
    },
  )
