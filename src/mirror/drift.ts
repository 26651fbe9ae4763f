import { storableJson } from './copy-text.ts'

/** A field that the columns do not know, or a value that they cannot hold. */
export type Drift = { field: string; kind: 'unknown' | 'unreadable'; example: string; recordId: string }

/** By kind and field. */
export type Drifts = Map<string, Drift>

type Parsed = Record<string, unknown>

type Noted = { data: Parsed; known: Set<string>; prefix: string; recordId: string }

/** Notes what the columns do not know of a record: each field once, with the first record that had it. */
export function noteDrift(drifts: Drifts, source: Parsed, { data, known, prefix, recordId }: Noted) {
  for (const field in source) {
    const value = source[field]
    const kind = driftOf(value, data[field], known.has(field))
    if (kind) remember(drifts, { field: prefix + field, kind, value, recordId })
  }
}

function driftOf(value: unknown, read: unknown, isKnown: boolean): Drift['kind'] | undefined {
  if (!isKnown) return 'unknown'
  return read === null && holdsSomething(value) ? 'unreadable' : undefined
}

function remember(drifts: Drifts, { value, ...found }: Omit<Drift, 'example'> & { value: unknown }) {
  const name = `${found.kind} ${found.field}`
  if (!drifts.has(name)) drifts.set(name, { ...found, example: storableJson(value).slice(0, 200) })
}

function holdsSomething(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
