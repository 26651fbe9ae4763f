import { z } from 'zod'
import { count, pageOf, shapeOf, text, time } from '../http/shape.ts'
import { kindOf, type FieldKind } from '../lightspeed/wire/fields.ts'
import type { Entity, RecordSchema } from './entity.ts'
import type { HistoryPartition } from './history.store.ts'
import { entities, resources } from './tables.ts'

const decimal = text.describe('An exact decimal')

const columnOf: Record<FieldKind, z.ZodType> = {
  id: text.nullable(),
  version: count,
  text: text.nullable(),
  integer: count.nullable(),
  decimal: decimal.nullable(),
  quantity: decimal.nullable(),
  boolean: z.boolean().nullable(),
  timestamp: time.nullable(),
  json: z.unknown(),
}

/** What the engine itself knows of each row. */
const kept = {
  version: count,
  deleted_at: time.nullable(),
  raw: z.unknown().describe('The record as Lightspeed sent it'),
  synced_at: time,
}

/** One shape a table, from the same declarations that its rows are read by. */
const rows = entities.flatMap((entity: Entity) =>
  [rowOf(entity.name, ownOf(entity), entity.record)].concat(childrenOf(entity)),
)

function childrenOf({ children }: Entity) {
  return children.map(({ name, owner, record }) => rowOf(name, { [owner]: text, position: count }, record))
}

function rowOf(name: string, own: Record<string, z.ZodType>, record: RecordSchema) {
  const words = ['row', 'of', ...name.split('-')]
  const ref = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return z.object({ ...own, ...columnsOf(record), ...kept }).meta({ ref })
}

/** Columns of a key that the record itself does not have: they name what it hangs on. */
function ownOf({ key, record, nestedIn }: Entity): Record<string, z.ZodType> {
  const names = [...key, ...(nestedIn ? [nestedIn.column] : [])].filter((column) => !(column in record.shape))
  return Object.fromEntries(names.map((name) => [name, name === 'occurrence' ? count : text]))
}

function columnsOf({ shape }: RecordSchema): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, columnOf[kindOf(field) ?? 'json']]))
}

const row = z.union(rows).meta({ ref: 'MirrorRow' })

export const rowPage = pageOf(row).meta({ ref: 'MirrorPage' })
export const oneRow = z.union([row, z.object({ data: z.array(row) })])

/** The names under which rows can be read. */
export const resourceParameter = {
  in: 'path',
  name: 'entity',
  required: true,
  schema: { type: 'string', enum: resources.map(({ name }) => name) },
} as const

type Partition = Omit<HistoryPartition, 'from'> & { from: string | null }

export const partitions = z
  .object({
    data: z.array(
      shapeOf<Partition>()(
        'HistoryPartition',
        z.object({
          name: text,
          from: time.nullable().describe('When its month begins; null of the one outside of all months'),
          rows: z.number(),
          bytes: z.number(),
          isOld: z.boolean().describe('Its month is over for more than two years'),
        }),
      ),
    ),
  })
  .meta({ ref: 'HistoryPartitions' })
