import { z } from 'zod'
import { count, shapeOf, text, uuid, type Told } from '../http/shape.ts'
import type { transitionMany } from './bulk.actions.ts'
import { ends, head, similar, totals } from './consignments.shapes.ts'
import type { importConsignments } from './importing.actions.ts'

export const manyAnswered = shapeOf<Told<typeof transitionMany>>()(
  'ManyAnswered',
  z.object({
    dryRun: z.boolean(),
    done: count,
    refused: count,
    results: z
      .array(
        z.object({
          ref: text.describe('As it was named in the request'),
          isDone: z.boolean(),
          id: uuid.nullable(),
          number: text.nullable(),
          status: text.nullable().describe('What it is now; with `dryRun` what it would be'),
          version: count.nullable(),
          refusal: z.object({ code: text, message: text, details: z.unknown() }).nullable(),
        }),
      )
      .describe('In the order of the request'),
  }),
)

type Imported = Told<typeof importConsignments>
type Document = Omit<Imported['documents'][number], 'stage'> & { stage: string | null }
export const imported = shapeOf<Omit<Imported, 'documents'> & { documents: Document[] }>()(
  'ImportedConsignments',
  z.object({
    dryRun: z.boolean(),
    rows: count,
    ignoredColumns: z.array(text).describe('Columns of the file that mean nothing here'),
    documents: z.array(z.object({ ...head, ...ends, totals, similar })),
  }),
)
