import type { z } from 'zod'
import { kindOf } from '../lightspeed/wire/fields.ts'
import { copyLine, storableJson, storableText } from './copy-text.ts'
import type { Child, Entity, RecordSchema } from './entity.ts'

/** A record ready for COPY: its own row, and its children's rows by table. */
export type Row = { key: string; line: string; childLines: string[]; source: unknown }

export type Refused = { recordId: string | null; reason: string; source: unknown }

export type Drift = { field: string; kind: 'unknown' | 'unreadable'; example: string; recordId: string }

export type Reading = { rows: Row[]; refused: Refused[]; drift: Map<string, Drift> }

/** Values of the engine's own that complete a record: the owner of a nested record, say. */
export type Extra = Record<string, string | number>

type Cell = string | number | boolean | null

/** Reads one page: what can be stored, what cannot and why, and what the columns do not know. */
export function readRecords(
  entity: Entity,
  records: readonly unknown[],
  extraOf: (record: object) => Extra = none,
): Reading {
  const reading: Reading = { rows: [], refused: [], drift: new Map() }
  const plan = planOf(entity)
  for (const record of records) readRecord(plan, record, extraOf, reading)
  return reading
}

/** The columns that COPY fills, in order; `synced_at` is PostgreSQL's own. */
export function columnsOf(entity: Entity): string[] {
  return planOf(entity).columns
}

export function childColumnsOf(child: Child): string[] {
  return [child.owner, 'position', ...Object.keys(child.record.shape), 'version', 'deleted_at', 'raw']
}

type Plan = {
  entity: Entity
  fields: Field[]
  /** Columns whose values do not stand in the record itself: see Extra. */
  owned: string[]
  columns: string[]
  known: Set<string>
  children: { child: Child; fields: Field[]; known: Set<string> }[]
}

function ownedColumns({ key, nestedIn, record }: Entity): string[] {
  const columns = nestedIn ? [nestedIn.column, ...key] : key
  return [...new Set(columns)].filter((column) => !(column in record.shape))
}

type Field = { name: string; isJson: boolean; isText: boolean }

const plans = new WeakMap<Entity, Plan>()

function planOf(entity: Entity): Plan {
  const made = plans.get(entity)
  if (made) return made
  const fields = fieldsOf(entity.record)
  const owned = ownedColumns(entity)
  const plan: Plan = {
    entity,
    fields,
    owned,
    columns: [...fields.map(({ name }) => name), ...owned, 'raw'],
    known: new Set([...fields.map(({ name }) => name), ...owned, ...entity.children.map(({ from }) => from)]),
    children: entity.children.map((child) => ({
      child,
      fields: fieldsOf(child.record),
      known: new Set([...Object.keys(child.record.shape), child.owner, 'version', 'deleted_at']),
    })),
  }
  plans.set(entity, plan)
  return plan
}

function fieldsOf(schema: RecordSchema): Field[] {
  return Object.entries(schema.shape).map(([name, type]) => {
    const kind = kindOf(type)
    return { name, isJson: kind === 'json', isText: kind === 'text' || kind === 'id' }
  })
}

function readRecord(plan: Plan, source: unknown, extraOf: (record: object) => Extra, reading: Reading) {
  const { entity, fields } = plan
  if (!isObject(source)) {
    reading.refused.push({ recordId: null, reason: 'is not an object', source })
    return
  }
  const extra = extraOf(source)
  const parsed = entity.record.safeParse(source)
  if (!parsed.success) return void reading.refused.push(refusal(source, parsed.error))
  const { data } = parsed
  const cells = fields.map((field) => cellOf(field, data[field.name]))
  const owned = plan.owned.map((column) => extra[column] ?? null)
  const key = entity.key.map((column) => String(data[column] ?? extra[column])).join(' ')
  const childLines = readChildren(plan, source, data, reading)
  if ('reason' in childLines) return void reading.refused.push({ ...childLines, recordId: key, source })
  noteDrift(reading, source, { data, known: plan.known, prefix: '', recordId: key })
  reading.rows.push({ key, line: copyLine([...cells, ...owned, storableJson(source)]), childLines, source })
}

type Parsed = Record<string, unknown>

function readChildren(plan: Plan, source: Parsed, owner: Parsed, reading: Reading): string[] | { reason: string } {
  const [ownerId, version, deletedAt] = [owner['id'], owner['version'], owner['deleted_at']].map(plainCell)
  const all: string[] = []
  for (const { child, fields, known } of plan.children) {
    const list = source[child.from]
    let lines = ''
    for (const [position, item] of (Array.isArray(list) ? list : []).entries()) {
      if (!isObject(item)) return { reason: `${child.from}[${position}] is not an object` }
      const parsed = child.record.safeParse(item)
      if (!parsed.success) return { reason: `${child.from}[${position}].${sentence(parsed.error)}` }
      const cells = fields.map((field) => cellOf(field, parsed.data[field.name]))
      noteDrift(reading, item, { data: parsed.data, known, prefix: `${child.from}.`, recordId: String(ownerId) })
      lines += copyLine([ownerId ?? null, position, ...cells, version ?? null, deletedAt ?? null, storableJson(item)])
    }
    all.push(lines)
  }
  return all
}

function plainCell(value: unknown): Cell {
  return cellOf({ name: '', isJson: false, isText: true }, value)
}

function cellOf({ isJson, isText }: Field, value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (isJson) return storableJson(value)
  if (typeof value === 'string') return isText ? storableText(value) : value
  return typeof value === 'number' || typeof value === 'boolean' ? value : storableJson(value)
}

type Noted = { data: Parsed; known: Set<string>; prefix: string; recordId: string }

function noteDrift(reading: Reading, source: Parsed, { data, known, prefix, recordId }: Noted) {
  for (const field in source) {
    const value = source[field]
    const kind = driftOf(value, data[field], known.has(field))
    if (kind) remember(reading, { field: prefix + field, kind, example: storableJson(value).slice(0, 200), recordId })
  }
}

function driftOf(value: unknown, read: unknown, isKnown: boolean): Drift['kind'] | undefined {
  if (!isKnown) return 'unknown'
  return read === null && holdsSomething(value) ? 'unreadable' : undefined
}

function remember(reading: Reading, drift: Drift) {
  const name = `${drift.kind} ${drift.field}`
  if (!reading.drift.has(name)) reading.drift.set(name, drift)
}

function holdsSomething(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

function refusal(source: Parsed, error: z.ZodError): Refused {
  const id = source['id']
  return {
    recordId: typeof id === 'string' || typeof id === 'number' ? String(id) : null,
    reason: sentence(error),
    source,
  }
}

function sentence(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')
}

function isObject(value: unknown): value is Parsed {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function none(): Extra {
  return {}
}
