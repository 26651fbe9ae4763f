/**
 * Reads JSON without losing a digit: a number that a double cannot hold comes as JSON.rawJSON of its own digits, every
 * other value as JSON.parse gives it. Throws SyntaxError. Magnitudes beyond a double (1e400) are read as JSON.parse does.
 */
export function parseExact(json: string | Uint8Array): unknown {
  const bytes = typeof json === 'string' ? Buffer.from(json) : json
  const text = typeof json === 'string' ? json : new TextDecoder().decode(json)
  return holdsLongNumber(bytes) ? JSON.parse(text, keepDigits) : JSON.parse(text)
}

/** Whether a double gives back the same decimal number that the literal names. */
export function survives(literal: string): boolean {
  return literal.length <= mostSafeDigits || canonical(literal) === canonical(String(Number(literal)))
}

const mostSafeDigits = 15

function keepDigits(this: unknown, _key: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' && source !== undefined && !survives(source) ? JSON.rawJSON(source) : value
}

/**
 * Looks at every 16th byte only: a run of 16 digits cannot hide between two looks. It costs a fraction of JSON.parse,
 * where asking the reviver about each value costs five times JSON.parse. What is found inside a text only costs time.
 */
function holdsLongNumber(bytes: Uint8Array): boolean {
  for (let at = mostSafeDigits; at < bytes.length; at += mostSafeDigits + 1) {
    if (!isDigitOrPoint(bytes[at])) continue
    const [start, end] = runAround(bytes, at)
    const isLong = end - start > mostSafeDigits && startsValue(bytes[start - 1])
    if (isLong && !survives(wholeNumber(bytes, start, end))) return true
    at = end
  }
  return false
}

function runAround(bytes: Uint8Array, at: number): [start: number, end: number] {
  let start = at
  let end = at + 1
  while (isDigitOrPoint(bytes[start - 1])) start--
  while (isDigitOrPoint(bytes[end])) end++
  return [start, end]
}

function wholeNumber(bytes: Uint8Array, start: number, end: number): string {
  const rest = Buffer.from(bytes.subarray(start, end + longestExponent)).toString('latin1')
  return /^\d+(\.\d+)?([eE][+-]?\d+)?/.exec(rest)?.[0] ?? rest.slice(0, end - start)
}

const longestExponent = 8

function isDigitOrPoint(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || byte === 0x2e)
}

const beforeValues = new Set(Buffer.from(':,[ \t\r\n-'))

function startsValue(before: number | undefined): boolean {
  return before === undefined || beforeValues.has(before)
}

/** Sign, digits without outer zeros, and the power of ten: two literals of one number give one text. */
function canonical(literal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = decimalParts.exec(literal) ?? [undefined, literal]
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const kept = digits.replace(/0+$/, '')
  return kept === '' ? '0' : `${sign}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`
}

const decimalParts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/
