import { Hono } from 'hono'
import { z } from 'zod'
import { countField, quantityField, remoteId, words } from '../consignments/fields.ts'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { valid } from '../http/valid.ts'
import { targetOf, tried } from './trying.ts'
import { editBox, makeBox, readBoxes, removeBox } from './boxes.actions.ts'
import { packItems, setItem } from './contents.actions.ts'
import { box, boxes, boxWithLines, packedItems } from './packing.shapes.ts'

const about = doorsOf('packing')

const refusals = {
  403: [],
  404: ['consignment_unknown', 'box_unknown'],
  409: ['pack_lock_held', 'pack_lock_needed'],
  422: ['edit_not_lawful'],
}

/** Two tonnes: a pallet, not a lorry. */
const grams = z.int().min(0).max(2_000_000)
const fields = {
  label: words(100).nullish(),
  weightGrams: grams.nullish().describe('What the scales say; null: compute it'),
  tareGrams: grams.nullish().describe('The empty box'),
}
const dryRun = z.boolean().default(false).describe('Only what would come of it')
const newBox = z.strictObject({
  id: z.uuid().optional().describe('Made by the sender: asked twice, one box'),
  ...fields,
  dryRun,
})
const boxChange = z.strictObject({ ...fields, dryRun })
const ofBox = z.object({ id: z.string(), boxId: z.uuid() })
const ofLine = z.object({ id: z.string(), boxId: z.uuid(), lineId: z.uuid() })

/** As many as a phone sends at once after some time without signal. */
const mostItems = 500
const item = z
  .strictObject({
    id: z.uuid().describe('Made by the sender: sent twice, packed once'),
    code: words(500).optional(),
    productId: remoteId.optional(),
    quantity: countField,
  })
  .refine(({ code, productId }) => (code === undefined) !== (productId === undefined), 'give a code or a productId')
const more = z.strictObject({ items: z.array(item).min(1).max(mostItems), dryRun })
const exact = z.strictObject({ quantity: quantityField, dryRun })

export const boxRoutes = new Hono<Env>()
  .get(
    '/api/v1/consignments/:id/boxes',
    about(
      'The boxes with what is in them and what they weigh',
      { 200: boxes },
      { 403: [], 404: ['consignment_unknown'] },
    ),
    async (c) => c.json(await readBoxes(c.var.context, c.req.param('id'))),
  )
  .post(
    '/api/v1/consignments/:id/boxes',
    about(
      'Make a box; 200 when the id is known already',
      { 200: box, 201: box },
      { ...refusals, 409: [...refusals[409], 'box_id_used'], 422: [...refusals[422], 'boxes_too_many'] },
    ),
    valid('json', newBox),
    async (c) => {
      const { id, dryRun: isTried, ...wish } = c.req.valid('json')
      const { isNew, box: made } = await makeBox(c.var.context, targetOf(c.req.param('id'), isTried), { id, ...wish })
      return c.json(made, isNew && !isTried ? 201 : 200)
    },
  )
  .patch(
    '/api/v1/consignments/:id/boxes/:boxId',
    about('Label and weigh a box; also when it is closed', { 200: box }, refusals),
    valid('param', ofBox),
    valid('json', boxChange),
    async (c) => {
      const { id, boxId } = c.req.valid('param')
      const { dryRun: isTried, ...change } = c.req.valid('json')
      return c.json(await editBox(c.var.context, targetOf(id, isTried), boxId, change))
    },
  )
  .delete(
    '/api/v1/consignments/:id/boxes/:boxId',
    about('Take a box away; what was in it is not packed any more', { 200: boxes }, refusals),
    valid('param', ofBox),
    valid('query', tried),
    async (c) => {
      const { id, boxId } = c.req.valid('param')
      return c.json(await removeBox(c.var.context, targetOf(id, c.req.valid('query').dryRun), boxId))
    },
  )
  .post(
    '/api/v1/consignments/:id/boxes/:boxId/items',
    about(
      'Put items into a box; an unknown code is told beside what was packed',
      { 200: packedItems },
      { ...refusals, 404: [...refusals[404], 'code_unknown'], 409: [...refusals[409], 'code_ambiguous'] },
    ),
    valid('param', ofBox),
    valid('json', more),
    async (c) => {
      const { id, boxId } = c.req.valid('param')
      const { items, dryRun: isTried } = c.req.valid('json')
      return c.json(await packItems(c.var.context, targetOf(id, isTried), { boxId, items }))
    },
  )
  .put(
    '/api/v1/consignments/:id/boxes/:boxId/items/:lineId',
    about('Say how much of a line is in a box; 0 takes it out', { 200: boxWithLines }, refusals),
    valid('param', ofLine),
    valid('json', exact),
    async (c) => {
      const { id, boxId, lineId } = c.req.valid('param')
      const { quantity, dryRun: isTried } = c.req.valid('json')
      return c.json(await setItem(c.var.context, targetOf(id, isTried), { boxId, lineId, quantity }))
    },
  )
