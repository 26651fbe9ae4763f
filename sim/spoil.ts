import { isFields } from './body.ts'
import type { Fault } from './trouble.ts'

/** The `data` of an answer, harmed as the fault says. */
export function spoil(data: unknown, fault: Fault): unknown {
  if (fault.kind === 'bad_record') return Array.isArray(data) ? withBadRecord(data, fault) : data
  if (fault.kind === 'unknown_field')
    return eachRecord(data, (record) => ({ ...record, [text(fault, 'field', 'surprise')]: { new: [1, 'two'] } }))
  if (fault.kind === 'unknown_status') {
    return eachRecord(data, (record) =>
      'status' in record ? { ...record, status: text(fault, 'value', 'TELEPORTED') } : record,
    )
  }
  if (fault.kind === 'numbers_as_strings')
    return deep(data, (value) => (typeof value === 'number' ? String(value) : value))
  if (fault.kind === 'strings_as_numbers') return deep(data, (value) => (isPlainNumber(value) ? Number(value) : value))
  return data
}

/** One more record that is none, among the good ones; with `replace` in the place of one of them. */
function withBadRecord(records: unknown[], fault: Fault): unknown[] {
  const at = typeof fault['at'] === 'number' ? Math.min(fault['at'], records.length) : Math.floor(records.length / 2)
  const model = records[Math.min(at, records.length - 1)]
  return records.toSpliced(at, fault['replace'] === true ? 1 : 0, badRecord(isFields(model) ? model : {}, fault))
}

function badRecord(model: { [field: string]: unknown }, fault: Fault): unknown {
  const { id, ...withoutId } = model
  if (fault['variant'] === 'not_object') return 'value' in fault ? fault['value'] : 42
  if (fault['variant'] === 'wrong_type') {
    const changed = {
      ...withoutId,
      [text(fault, 'field', 'version')]: 'value' in fault ? fault['value'] : { not: 'this' },
    }
    return id === undefined ? changed : { id, ...changed }
  }
  return withoutId
}

function eachRecord(data: unknown, change: (record: { [field: string]: unknown }) => unknown): unknown {
  if (Array.isArray(data)) return data.map((record: unknown) => (isFields(record) ? change(record) : record))
  return isFields(data) ? change(data) : data
}

function deep(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => deep(item, change))
  if (!isFields(value)) return change(value)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, deep(inner, change)]))
}

const isPlainNumber = (value: unknown): value is string =>
  typeof value === 'string' && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)

function text(fault: Fault, name: string, otherwise: string): string {
  const value = fault[name]
  return typeof value === 'string' ? value : otherwise
}
