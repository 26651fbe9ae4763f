import { z } from 'zod'
import { count, pageOf, shapeOf, text, time, uuid, type Told } from '../http/shape.ts'
import type { ReconciliationView, readDifferences } from './reconciliations.actions.ts'

const totals = z.object({ compared: count, differences: count, explained: count, raised: count, repaired: count })

export const reconciliation = shapeOf<ReconciliationView>()(
  'Reconciliation',
  z.object({
    id: uuid,
    state: text.describe('queued, running, done or failed'),
    requestedBy: text,
    correlationId: text,
    dryRun: z.boolean(),
    createdAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    totals,
    entities: z.array(
      totals.extend({
        entity: text,
        state: text,
        lightspeedRows: count,
        mirrorRows: count,
        error: text.nullable(),
        startedAt: time.nullable(),
        finishedAt: time.nullable(),
      }),
    ),
  }),
)

export const reconciliationPage = pageOf(reconciliation).meta({ ref: 'ReconciliationPage' })

export const differencePage = shapeOf<Told<typeof readDifferences>>()(
  'DifferencePage',
  pageOf(
    z.object({
      id: count,
      entity: text,
      recordId: text,
      kind: text,
      explanation: text,
      meaning: text.describe('The explanation in a sentence'),
      fields: z.array(text),
      levels: z.unknown().describe('Of stock: what each side has, as exact decimals'),
      mirrorVersion: count.nullable(),
      lightspeedVersion: count.nullable(),
      repaired: z.boolean(),
      foundAt: time,
    }),
  ),
)
