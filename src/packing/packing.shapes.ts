import { z } from 'zod'
import { count, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { readBoxes } from './boxes.actions.ts'
import type { BoxView } from './boxes.view.ts'
import type { packItems, setItem } from './contents.actions.ts'
import type { actOnPackLock } from './lock.actions.ts'
import { warning } from './warnings.shapes.ts'
import { weightSources } from './weights.rules.ts'

const decimal = text.describe('An exact decimal')

export const packLock = shapeOf<Told<typeof actOnPackLock>>()(
  'PackLock',
  z.object({
    now: time.describe('By the clock that counts, the database’s'),
    isMine: z.boolean(),
    lock: z
      .object({
        holder: text,
        takenAt: time,
        beatAt: time,
        staleAt: time.describe('From then on anybody may take it without asking'),
        expiresAt: time.describe('From then on nobody packs'),
        wantedBy: text.nullable(),
        givenAt: time.nullable().describe('Then it is theirs, unless the packer answers before'),
      })
      .nullable(),
  }),
)

export const box = shapeOf<BoxView>()(
  'Box',
  z.object({
    id: uuid,
    number: count.describe('Box 2 …'),
    of: count.describe('… of 5'),
    label: text.nullable(),
    weightGrams: count.describe('What the scales said, else what is computed'),
    weighedGrams: count.nullable(),
    computedGrams: count.describe('Contents and tare'),
    tareGrams: count.nullable(),
    guessedWeights: count.describe('Items of which Lightspeed does not know the weight'),
    quantity: decimal,
    items: z.array(
      z.object({
        lineId: uuid,
        productId: text,
        sku: text.nullable(),
        name: text.nullable(),
        quantity: decimal,
        gramsOfOne: decimal,
        weightSource: z.enum(weightSources),
      }),
    ),
    createdBy: text,
    createdAt: time,
  }),
)

export const boxTotals = z.object({ boxes: count, quantity: decimal, weightGrams: count, guessedWeights: count })

export const boxes = shapeOf<Told<typeof readBoxes>>()(
  'Boxes',
  z.object({
    data: z.array(box),
    next: z.null(),
    totals: boxTotals,
  }),
)

const lines = z.array(
  z.object({
    lineId: uuid,
    productId: text,
    sku: text.nullable(),
    name: text.nullable(),
    origin: text,
    planned: decimal,
    packed: decimal,
  }),
)

const warnings = z.array(warning).describe('What is odd about these lines')

export const boxWithLines = shapeOf<Told<typeof setItem>>()('BoxWithLines', z.object({ box, lines, warnings }))

export const packedItems = shapeOf<Told<typeof packItems>>()(
  'PackedItems',
  z.object({
    results: z.array(
      z.object({
        id: uuid,
        state: z.enum(['packed', 'repeated', 'refused']),
        lineId: uuid.nullable(),
        quantity: decimal.nullable(),
        refusal: z.object({ code: text, message: text }).nullable(),
      }),
    ),
    box,
    lines,
    warnings,
  }),
)
