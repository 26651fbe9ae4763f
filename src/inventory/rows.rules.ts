import { readDecimal, sayDecimal, type Scaled } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import { wrongReason } from './adjusting.rules.ts'

const limit = 1_000_000n * 10n ** BigInt(quantityPlaces)

/** A row of a list as people send it: names as in JSON or in CSV, values of any kind. */
export type RawRow = Readonly<Record<string, unknown>>

/** A row that can be read. `code` instead of a product's id: its SKU or any of its codes. */
export type Row = {
  product: { id: string } | { code: string }
  outletId: string
  reason: string | null
} & ({ by: string } | { to: string })

/** What is wrong with a row, counted from 1. */
export type RowError = { row: number; field: string; message: string }

const known = ['productId', 'code', 'outletId', 'quantity', 'adjustment', 'reason']

/** Reads rows; product_id and productId are one. Either all can be read, or it says of each what is wrong. */
export function readRows(raw: readonly RawRow[]): { rows: Row[] } | { errors: RowError[] } {
  const read = raw.map((row, at) => readRow(named(row), at + 1))
  const errors = read.flatMap((one) => ('errors' in one ? one.errors : []))
  return errors.length > 0 ? { errors } : { rows: read.flatMap((one) => ('row' in one ? [one.row] : [])) }
}

/** What is wrong with an amount by which a level changes, in words that fit behind the name of its field. */
export function readChange(given: unknown): { change: Scaled } | { wrong: string } {
  const text = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : ''
  const change = readDecimal(text, quantityPlaces)
  if (change === undefined)
    return { wrong: `give a plain number with at most ${quantityPlaces} places, such as "-3" or "0.5", not "${text}"` }
  if (change === 0n) return { wrong: 'a change by nothing changes nothing' }
  if (change >= limit || change <= -limit) return { wrong: `a change is less than a million: ${text}` }
  return { change }
}

/** What is wrong with a level, in the same way. */
function readLevel(given: unknown): { level: Scaled } | { wrong: string } {
  const text = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : ''
  const level = readDecimal(text, quantityPlaces)
  if (level === undefined)
    return { wrong: `give a plain number with at most ${quantityPlaces} places, such as "12" or "0.5", not "${text}"` }
  if (level < 0n) return { wrong: `what lies there is not below zero: ${text}` }
  return level >= limit ? { wrong: `what lies there is less than a million: ${text}` } : { level }
}

function readRow(row: RawRow, at: number): { row: Row } | { errors: RowError[] } {
  const errors: RowError[] = []
  const complain = (field: string, message: string) => void errors.push({ row: at, field, message })
  for (const field of Object.keys(row)) if (!known.includes(field)) complain(field, `is none of ${known.join(', ')}`)
  const [id, code, outletId] = [textIn(row['productId']), textIn(row['code']), textIn(row['outletId'])]
  if ((id === null) === (code === null)) complain('productId', 'give it, or a code, and not both')
  if (outletId === null) complain('outletId', 'is missing')
  const reason = textIn(row['reason'])
  const amount = readAmount(row, reason, complain)
  if (errors.length > 0 || amount === undefined || outletId === null) return { errors }
  const product = id === null ? { code: code ?? '' } : { id }
  return { row: { product, outletId, reason, ...amount } }
}

function readAmount(row: RawRow, reason: string | null, complain: (field: string, message: string) => void) {
  const [level, change] = [filled(row['quantity']), filled(row['adjustment'])]
  if ((level === undefined) === (change === undefined)) {
    complain('quantity', 'give what is to lie there, or an adjustment by so many, and not both')
    return undefined
  }
  if (level !== undefined) {
    const read = readLevel(level)
    if ('level' in read) return { to: sayDecimal(read.level, quantityPlaces) }
    complain('quantity', read.wrong)
    return undefined
  }
  const read = readChange(change)
  if ('wrong' in read) {
    complain('adjustment', read.wrong)
    return undefined
  }
  const wrong = wrongReason(reason, read.change)
  if (wrong !== undefined) complain('reason', wrong)
  return { by: sayDecimal(read.change, quantityPlaces) }
}

function named(row: RawRow): RawRow {
  const entries = Object.entries(row).map(([name, value]) => [
    name.trim().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ])
  return Object.fromEntries(entries)
}

function filled(value: unknown): unknown {
  return value === null || value === '' ? undefined : value
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
