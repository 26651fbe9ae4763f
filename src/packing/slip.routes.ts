import { Hono } from 'hono'
import { z } from 'zod'
import { statuses, types } from '../consignments/lifecycle.rules.ts'
import { doorsOf } from '../http/describing.ts'
import type { Env } from '../http/env.ts'
import { count, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import { box, boxTotals } from './packing.shapes.ts'
import { readSlip } from './slip.actions.ts'

const about = doorsOf('packing')

const address = z.object({ name: text.nullable(), lines: z.array(text) })
const slip = shapeOf<Told<typeof readSlip>>()(
  'PackingSlip',
  z.object({
    id: uuid,
    number: text,
    type: z.enum(types),
    status: z.enum(statuses),
    reference: text.nullable(),
    note: text.nullable(),
    shippedAt: time.nullable(),
    from: address,
    to: address,
    totals: boxTotals,
    boxes: z.array(box),
    labels: z.array(
      z.object({
        boxId: uuid,
        text: text.describe('As it is printed: `box 2 of 5`'),
        destination: text.nullable().describe('Printed huge'),
        address: z.array(text),
        from: text.nullable(),
        document: text,
        label: text.nullable(),
        weightGrams: count,
        isWeightGuessed: z.boolean(),
      }),
    ),
  }),
)

export const packingSlipRoutes = new Hono<Env>().get(
  '/api/v1/consignments/:id/packing-slip',
  about(
    'What stands on the packing slip and on the labels of the boxes',
    { 200: slip },
    { 403: [], 404: ['consignment_unknown'] },
  ),
  async (c) => c.json(await readSlip(c.var.context, c.req.param('id'))),
)
