import { z } from 'zod'
import { money } from '../consignments/consignments.shapes.ts'
import { statuses } from '../consignments/lifecycle.rules.ts'
import { links } from '../consignments/stage.rules.ts'
import { count, pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { addCounts } from './counting.actions.ts'
import type { readCounts, readUncounted } from './counts.actions.ts'
import type { decideUncounted } from './deciding.actions.ts'
import { whys } from './daily.rules.ts'
import type { approveVariance } from './variance-approval.actions.ts'
import type { postCount } from './posting.actions.ts'
import type { readRecounts } from './recounting.actions.ts'
import { filterTypes } from './scope.rules.ts'
import type { readScope } from './scoping.actions.ts'
import type { simulatePosting } from './simulating.actions.ts'
import type { readVariances } from './variances.actions.ts'

const decimal = text.describe('An exact decimal')
const head = { id: uuid, number: text, status: z.enum(statuses), version: count }
const product = { productId: text, sku: text.nullable(), name: text.nullable() }
const line = { lineId: uuid, position: count, ...product }
const progress = z.object({ lines: count, counted: count, uncounted: count })

export const scope = shapeOf<Told<typeof readScope>>()(
  'StocktakeScope',
  z.object({
    ...head,
    full: z.boolean(),
    filters: z.array(z.object({ type: z.enum(filterTypes), value: text })),
    includeInactive: z.boolean(),
    blind: z.boolean(),
    tolerance: decimal,
    dailyOn: text.nullable(),
    picks: z.array(z.object({ productId: text, why: z.enum(whys) })).describe('Of the list of a day'),
    frozenAt: time.nullable(),
    lines: count,
    products: count.describe('How many it is about; of a draft as it would be now'),
  }),
)

export const counted = shapeOf<Told<typeof addCounts>>()(
  'CountsTaken',
  z.object({
    ...head,
    stored: count,
    repeated: count.describe('Sent before, and nothing now'),
    counts: z.array(
      z.object({ productId: text, lineId: text.nullable(), counted: decimal, isUndirected: z.boolean() }),
    ),
    unknown: z.array(z.object({ id: uuid, code: text.nullable() })).describe('Kept, though nobody knows the code'),
  }),
)

export const counts = shapeOf<Told<typeof readCounts>>()(
  'StocktakeCounts',
  pageOf(
    z.object({
      ...line,
      counted: decimal.nullable(),
      counters: z.array(text),
      countedAt: time.nullable(),
      decision: text.nullable(),
    }),
  ).extend({
    progress,
    undirected: z
      .array(
        z.object({
          productId: text.nullable(),
          code: text.nullable(),
          sku: text.nullable(),
          name: text.nullable(),
          counted: decimal,
          counters: z.array(text),
        }),
      )
      .describe('Counted, though the document is not about it'),
  }),
)

export const uncounted = shapeOf<Told<typeof readUncounted>>()(
  'StocktakeUncounted',
  pageOf(z.object(line)).extend({ progress }),
)

export const decided = shapeOf<Told<typeof decideUncounted>>()(
  'StocktakeDecided',
  z.object({ ...head, decided: count, progress }),
)

export const recounts = shapeOf<Told<typeof readRecounts>>()(
  'StocktakeRecounts',
  z.object({
    ...head,
    recounts: z.array(
      z.object({
        id: uuid,
        lineId: uuid,
        ...product,
        reason: text.nullable(),
        askedBy: text,
        askedAt: time,
        isDone: z.boolean(),
        quantity: decimal.nullable().describe('Only for who reviews'),
        countedBy: text.nullable(),
        countedAt: time.nullable(),
      }),
    ),
  }),
)

const side = z.object({ quantity: decimal, cost: money.nullable() })
const totals = z.object({
  lines: count,
  counted: count,
  differing: count,
  left: count,
  gain: side,
  loss: side,
  net: side,
  gross: money.nullable().describe('Gains and losses together'),
  accuracyPercent: z.number().nullable().describe('Lines within tolerance of those that were counted'),
})
const basis = z.enum(['counted', 'recounted', 'zero', 'leave'])

export const variances = shapeOf<Told<typeof readVariances>>()(
  'StocktakeVariances',
  z.object({
    ...head,
    undecided: count,
    totals,
    data: z.array(
      z.object({
        lineId: uuid,
        ...product,
        basis,
        counted: decimal.nullable(),
        countedAt: time.nullable(),
        counters: z.array(text),
        expected: decimal.describe('On hand when it was counted'),
        variance: decimal,
        percent: z.number().nullable(),
        unitCost: money.nullable(),
        cost: money.nullable(),
        movedMeanwhile: decimal.describe('What changed between the first and the last count of it'),
        onHand: decimal,
      }),
    ),
  }),
)

export const simulation = shapeOf<Told<typeof simulatePosting>>()(
  'StocktakeSimulation',
  z.object({
    ...head,
    digest: text,
    madeAt: time,
    changes: count,
    totals,
    data: z.array(
      z.object({ lineId: uuid, ...product, basis, onHand: decimal, adjustment: decimal, becomes: decimal }),
    ),
  }),
)

export const varianceApproved = shapeOf<Told<typeof approveVariance>>()(
  'StocktakeVarianceApproved',
  z.object({ ...head, dryRun: z.boolean(), digest: text, gross: money.nullable() }),
)

const told = { product_id: text, outlet_id: text, quantity: text, reason: text }

type Posted = Told<typeof postCount>
export const posted = shapeOf<Posted & { dryRun: boolean; waitsFor: string | null }>()(
  'StocktakePosted',
  z.object({
    ...head,
    dryRun: z.boolean(),
    lightspeed: z.enum(links),
    waitsFor: text.nullable().describe('Why Lightspeed is not told now: it will be, by itself'),
    digest: text,
    changes: count,
    requests: z
      .array(
        z.object({
          method: z.literal('POST'),
          path: text,
          body: z.object({
            stock_adjustments: z.array(z.object({ ...told, custom_inventory_adjustment_reason_id: text.optional() })),
          }),
        }),
      )
      .describe('What Lightspeed is told'),
  }),
)
