import { z } from 'zod'
import { statuses } from '../consignments/lifecycle.rules.ts'
import { count, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { changeDailyCount, readDailyCounts } from './daily.actions.ts'
import { whys } from './daily.rules.ts'
import type { flagProduct, readFlags } from './flagging.actions.ts'
import type { makeListNow } from './listing-daily.actions.ts'

const setting = { on: z.boolean(), products: count, goalPercent: z.number() }
const outlet = { outletId: text, name: text.nullable(), ...setting }

export const dailyCounts = shapeOf<Told<typeof readDailyCounts>>()(
  'DailyCounts',
  z.object({
    data: z.array(
      z.object({
        ...outlet,
        accuracyPercent: z.number().nullable().describe('Lines within tolerance, of what lists of 28 days counted'),
        isGoalMet: z.boolean().nullable(),
        lists: count,
        counted: count,
        last: z.object({ id: uuid, number: text, status: z.enum(statuses), dailyOn: text }).nullable(),
      }),
    ),
  }),
)

export const dailyCount = shapeOf<Told<typeof changeDailyCount>>()(
  'DailyCount',
  z.object({ dryRun: z.boolean(), ...outlet }),
)

export const dailyList = shapeOf<Told<typeof makeListNow>>()(
  'DailyList',
  z.object({
    dryRun: z.boolean(),
    isNew: z.boolean(),
    id: uuid,
    number: text,
    status: z.enum(statuses),
    outletId: text,
    dailyOn: text.describe('The day there'),
    picks: z.array(z.object({ productId: text, why: z.enum(whys) })).describe('Empty where it was there already'),
  }),
)

export const flags = shapeOf<Told<typeof readFlags>>()(
  'CountFlags',
  z.object({
    data: z.array(
      z.object({
        productId: text,
        outletId: text.nullable().describe('Null: everywhere'),
        sku: text.nullable(),
        name: text.nullable(),
        reason: text.nullable(),
        flaggedBy: text,
        flaggedAt: time,
      }),
    ),
  }),
)

export const flagged = shapeOf<Told<typeof flagProduct>>()(
  'CountFlag',
  z.object({ dryRun: z.boolean(), isFlagged: z.boolean(), productId: text, outletId: text.nullable() }),
)
