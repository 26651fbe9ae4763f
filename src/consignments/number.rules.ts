import { types, type Type } from './lifecycle.rules.ts'

/** What a document's number begins with. */
const kinds: Record<Type, string> = {
  PURCHASE_ORDER: 'PO-STK',
  OUTLET_TRANSFER: 'TR-STK',
  SUPPLIER_RETURN: 'RS-STK',
  STOCKTAKE: 'CT-STK',
}

/** `month` as 202611; `sequence` from 1, within type and month. */
export type NumberParts = { type: Type; month: string; sequence: number }

const leastDigits = 6

/** A number that people can read aloud and type: `TR-STK-202611-000123-61`. The last two digits prove the others. */
export function documentNumber({ type, month, sequence }: NumberParts): string {
  const bare = `${kinds[type]}-${month}-${String(sequence).padStart(leastDigits, '0')}`
  return `${bare}-${checkDigits(bare)}`
}

export type ReadNumber = { number: string; parts: NumberParts } | { wrong: string }

/**
 * Reads a number as somebody typed it: small letters, blanks, dots or nothing between the parts, O for 0 and I or l for
 * 1, and leading zeros left away where the parts are told apart. A wrong digit or two that changed places are noticed.
 */
export function readNumber(typed: string): ReadNumber {
  const read = partsOf(typed)
  if (!read) return { wrong: `"${typed}" is no document number; they look like TR-STK-202611-000123-61` }
  const { check, ...parts } = read
  const number = documentNumber(parts)
  if (number.endsWith(`-${check}`)) return { number, parts }
  return {
    wrong: `"${typed}" has a digit wrong, or two that changed places: its last two digits do not fit the others`,
  }
}

/** The month of a moment where the document is made; UTC where the zone is not known. */
export function monthOf(moment: Date, timeZone: string): string {
  const zone = isZone(timeZone) ? timeZone : 'UTC'
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit' }).formatToParts(
    moment,
  )
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? ''
  return `${part('year')}${part('month')}`
}

/** ISO 7064 MOD 97-10 over letters and digits, letters as 10 to 35. */
function checkDigits(bare: string): string {
  const digits = bare.replaceAll('-', '').replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return String(98n - ((BigInt(digits) * 100n) % 97n)).padStart(2, '0')
}

function partsOf(typed: string): (NumberParts & { check: string }) | undefined {
  const [kind, rest] = splitKind(typed)
  const type = types.find((one) => kinds[one].replace('-', '') === kind)
  const figures = rest.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const [, month = '', sequence = '', check = ''] = loose.exec(figures) ?? tight.exec(figures) ?? []
  if (!type || !lawfulMonth.test(month) || Number(sequence) < 1) return undefined
  // One zero too many would be told apart from the number that was made by one chance in 97 only.
  if (sequence.length > leastDigits && sequence.startsWith('0')) return undefined
  return { type, month, sequence: Number(sequence), check }
}

const loose = /^[^\dA-Z]*(\d{6})[^\dA-Z]+(\d{1,12})[^\dA-Z]+(\d{2})$/
const tight = /^(\d{6})(\d{6,12})(\d{2})$/
const lawfulMonth = /^\d{4}(0[1-9]|1[0-2])$/

function splitKind(typed: string): [kind: string, rest: string] {
  const text = typed.normalize('NFKC').trim().toUpperCase()
  const [, first = '', second = '', rest = ''] = /^([A-Z]{2})[^\dA-Z]*([A-Z]{3})(.*)$/.exec(text) ?? []
  const isTight = /^[\dA-Z]*$/.test(rest)
  return [`${first}${second}`, isTight ? rest : rest.replace(/^[^\dA-Z]+/, '')]
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
