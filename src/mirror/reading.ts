import { setImmediate as othersTurn } from 'node:timers/promises'
import { z } from 'zod'
import { kindOf, type FieldKind } from '../lightspeed/wire/fields.ts'
import { gatherRows, Lines, type Rows } from './copy-rows.ts'
import { copyJson, copyNull, copyText } from './copy-text.ts'
import { noteDrift, type Drifts } from './drift.ts'
import type { Child, Entity, RecordSchema } from './entity.ts'

export type Refused = { recordId: string | null; reason: string; source: unknown }

export type Reading = { rows: Rows; refused: Refused[]; drift: Drifts }

/** Values of the engine's own that complete a record: the owner of a nested record, say. */
export type Extra = Record<string, string | number>

/** Reads one page: what can be stored, what cannot and why, and what the columns do not know. */
export function readRecords(
  entity: Entity,
  records: readonly unknown[],
  extraOf: (record: object) => Extra = none,
): Reading {
  const plan = planOf(entity)
  const page: Page = {
    count: 0,
    lines: new Lines(),
    lists: plan.children.map(() => ({ lines: new Lines(), counts: [] })),
  }
  const reading: Told = { refused: [], drift: new Map() }
  for (const record of records) {
    const refused = readRecord(plan, record, extraOf, { page, reading })
    if (refused) reading.refused.push(refused)
  }
  const lists = page.lists.map(({ lines, counts }) => ({ lines: [lines.bytes()], counts }))
  return { ...reading, rows: { count: page.count, lines: [page.lines.bytes()], lists } }
}

const sliceLength = 200

/** The same for a long page, without keeping the process from everything else for more than some milliseconds. */
export async function readInSlices(entity: Entity, records: readonly unknown[]): Promise<Reading> {
  const readings: Reading[] = []
  for (let from = 0; from < records.length; from += sliceLength) {
    readings.push(readRecords(entity, records.slice(from, from + sliceLength)))
    await othersTurn()
  }
  return {
    rows: gatherRows(readings.map(({ rows }) => rows)),
    refused: readings.flatMap(({ refused }) => refused),
    drift: new Map(readings.flatMap(({ drift }) => Array.from(drift))),
  }
}

/** The columns that COPY fills, in order; `synced_at` is PostgreSQL's own. */
export function columnsOf(entity: Entity): string[] {
  return planOf(entity).columns
}

export function childColumnsOf(child: Child): string[] {
  return [child.owner, 'position', ...Object.keys(child.record.shape), 'version', 'deleted_at', 'raw']
}

/** What has been read of a page so far. */
type Page = { count: number; lines: Lines; lists: { lines: Lines; counts: number[] }[] }

type Told = Omit<Reading, 'rows'>

type Into = { page: Page; reading: Told }

type Plan = {
  entity: Entity
  record: RecordSchema
  fields: Field[]
  /** Columns whose values do not stand in the record itself: see Extra. */
  owned: string[]
  columns: string[]
  known: Set<string>
  children: { child: Child; record: RecordSchema; fields: Field[]; known: Set<string> }[]
}

function ownedColumns({ key, nestedIn, record }: Entity): string[] {
  const columns = nestedIn ? [nestedIn.column, ...key] : key
  return [...new Set(columns)].filter((column) => !(column in record.shape))
}

type Field = { name: string; kind: FieldKind | undefined }

const plans = new WeakMap<Entity, Plan>()

function planOf(entity: Entity): Plan {
  const made = plans.get(entity)
  if (made) return made
  const fields = fieldsOf(entity.record)
  const owned = ownedColumns(entity)
  const plan: Plan = {
    entity,
    record: compiled(entity.record),
    fields,
    owned,
    columns: [...fields.map(({ name }) => name), ...owned, 'raw'],
    known: new Set([...fields.map(({ name }) => name), ...owned, ...entity.children.map(({ from }) => from)]),
    children: entity.children.map((child) => ({
      child,
      record: compiled(child.record),
      fields: fieldsOf(child.record),
      known: new Set([...Object.keys(child.record.shape), child.owner, 'version', 'deleted_at']),
    })),
  }
  plans.set(entity, plan)
  return plan
}

/**
 * The uncompiled parser makes an object or two for each field. V8 takes these for long-lived ones sooner or later and puts
 * them among the old, where they hold on to everything they point to: garbage collection then costs as much as all reading.
 */
function compiled(record: RecordSchema): RecordSchema {
  return z.compile(record)
}

function fieldsOf({ shape }: RecordSchema): Field[] {
  return Object.entries(shape).map(([name, type]) => ({ name, kind: kindOf(type) }))
}

type Parsed = Record<string, unknown>

function readRecord(plan: Plan, source: unknown, extraOf: (record: object) => Extra, into: Into): Refused | undefined {
  const { entity, record, fields, owned, known } = plan
  if (!isObject(source)) return { recordId: null, reason: 'is not an object', source }
  const extra = extraOf(source)
  const parsed = record.safeParse(source)
  if (!parsed.success) return refusal(source, parsed.error)
  const { data } = parsed
  const recordId = entity.key.map((column) => plain(data[column] ?? extra[column])).join(' ')
  const lists = readLists(plan, source, data, into.reading)
  if ('reason' in lists) return { ...lists, recordId, source }
  noteDrift(into.reading.drift, source, { data, known, prefix: '', recordId })
  let line = ''
  for (const { name, kind } of fields) line += `${cell(kind, data[name])}\t`
  for (const column of owned) line += `${cell('text', extra[column])}\t`
  addTo(into.page, `${line}${copyJson(source)}\n`, lists)
  return undefined
}

function addTo(page: Page, line: string, lists: ListLines[]) {
  page.count += 1
  page.lines.add(line)
  for (const [index, list] of page.lists.entries()) {
    const { lines = '', count = 0 } = lists[index] ?? {}
    list.lines.add(lines)
    list.counts.push(count)
  }
}

type ListLines = { lines: string; count: number }

function readLists(plan: Plan, source: Parsed, owner: Parsed, reading: Told): ListLines[] | { reason: string } {
  if (plan.children.length === 0) return []
  const ownerId = plain(owner['id'])
  const [first, last] = [
    cell('id', owner['id']),
    `${cell('version', owner['version'])}\t${cell('timestamp', owner['deleted_at'])}`,
  ]
  const lists: ListLines[] = []
  for (const { child, record, fields, known } of plan.children) {
    const list = source[child.from]
    const items: unknown[] = Array.isArray(list) ? list : []
    let lines = ''
    for (const [position, item] of items.entries()) {
      if (!isObject(item)) return { reason: `${child.from}[${position}] is not an object` }
      const parsed = record.safeParse(item)
      if (!parsed.success) return { reason: `${child.from}[${position}].${sentence(parsed.error)}` }
      noteDrift(reading.drift, item, { data: parsed.data, known, prefix: `${child.from}.`, recordId: ownerId })
      lines += `${first}\t${position}\t`
      for (const { name, kind } of fields) lines += `${cell(kind, parsed.data[name])}\t`
      lines += `${last}\t${copyJson(item)}\n`
    }
    lists.push({ lines, count: items.length })
  }
  return lists
}

/** A value as the readers of wire/fields.ts give it; only texts and JSON can hold what COPY wants escaped. */
function cell(kind: FieldKind | undefined, value: unknown): string {
  if (value === null || value === undefined) return copyNull
  if (kind === 'json') return copyJson(value)
  if (typeof value === 'string') return kind === 'text' || kind === 'id' ? copyText(value) : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : copyJson(value)
}

/** A part of a key as it is shown to people: text, or a number. */
function plain(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''
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
