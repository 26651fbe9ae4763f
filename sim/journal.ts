import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { collections, type Collection, type Row } from './store.ts'

type Entry = { collection: Collection; serial: number; row: Row }

/** Every change since the seed, one JSON line each, so that versions never go backwards between two runs. */
export type Journal = { entries(): Entry[]; append(entry: Entry): void; close(): void }

/**
 * Opens or begins a journal. A last line that was only half written is dropped. Throws an Error when the file belongs to another
 * seed or scale, or cannot be read.
 */
export function openJournal(file: string, owner: { seed: number; scale: string }): Journal {
  const descriptor = openSync(file, 'a+')
  const text = readFileSync(file, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) ftruncateSync(descriptor, Buffer.byteLength(whole))
  const [header, ...lines] = whole.split('\n').filter((line) => line !== '')
  if (header === undefined) writeSync(descriptor, `${JSON.stringify({ journal: 1, ...owner })}\n`)
  else mustBeOf(owner, header, file)

  return {
    entries: () => lines.map((line, at) => readEntry(line, `${file} line ${at + 2}`)),
    append: (entry) => void writeSync(descriptor, `${JSON.stringify(entry)}\n`),
    close() {
      fsyncSync(descriptor)
      closeSync(descriptor)
    },
  }
}

function mustBeOf(owner: { seed: number; scale: string }, header: string, file: string): void {
  const found: unknown = parse(header)
  if (!isRecord(found) || found['journal'] !== 1) throw new Error(`${file} is not a journal of the simulator`)
  if (found['seed'] !== owner.seed || found['scale'] !== owner.scale) {
    throw new Error(
      `${file} belongs to seed ${String(found['seed'])}, scale ${String(found['scale'])}, not to seed ${owner.seed}, scale ${owner.scale}: name another file or delete it`,
    )
  }
}

function readEntry(line: string, where: string): Entry {
  const found: unknown = parse(line)
  if (!isRecord(found)) throw new Error(`${where} is not JSON`)
  const { collection, serial, row } = found
  if (!isCollection(collection) || typeof serial !== 'number' || !isRow(row)) {
    throw new Error(`${where} is not an entry of the simulator's journal`)
  }
  return { collection, serial, row }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is { [field: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isRow = (value: unknown): value is Row =>
  isRecord(value) && typeof value['id'] === 'string' && typeof value['version'] === 'number'

const isCollection = (value: unknown): value is Collection => collections.some((name) => name === value)
