/** A text as a field of PostgreSQL's COPY text format; what PostgreSQL cannot hold becomes U+FFFD (storableText). */
export function copyText(text: string): string {
  return delicate.test(text) ? escaped(storableText(text)) : text
}

/** JSON as a field of COPY. In JSON only a backslash can need escaping, and only behind one can be what jsonb refuses. */
export function copyJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null'
  return text.includes('\\') ? escaped(storable(text, value)) : text
}

export const copyNull = '\\N'

/** The fields of one line, as they were before they were escaped; null where there was none. */
export function copyFields(line: string): (string | null)[] {
  return line.split('\t').map((field) => (field === copyNull ? null : field.replaceAll(/\\(.)/g, unescaped)))
}

const delicate = /[\\\t\n\r\0\ud800-\udfff]/
const specials = /[\\\t\n\r]/g
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const meanings: Record<string, string> = { t: '\t', n: '\n', r: '\r' }

function escaped(text: string): string {
  return text.replace(specials, (character) => escapes[character] ?? character)
}

function unescaped(_: string, character: string): string {
  return meanings[character] ?? character
}

/**
 * Text that PostgreSQL can hold: it knows neither NUL nor half a surrogate pair, in text as in jsonb. Such characters
 * become U+FFFD; everything else is untouched.
 */
export function storableText(text: string): string {
  return text.includes('\0') || !text.isWellFormed() ? text.replaceAll('\0', '\uFFFD').toWellFormed() : text
}

const unstorableEscape = /\\u(0000|d[89a-f][0-9a-f]{2})/i

/** A record as JSON text that jsonb accepts. */
export function storableJson(value: unknown): string {
  return storable(JSON.stringify(value) ?? 'null', value)
}

function storable(text: string, value: unknown): string {
  return unstorableEscape.test(text) ? JSON.stringify(value, (_, part: unknown) => cleaned(part)) : text
}

function cleaned(part: unknown): unknown {
  if (typeof part === 'string') return storableText(part)
  if (typeof part !== 'object' || part === null || Array.isArray(part) || JSON.isRawJSON(part)) return part
  const entries = Object.entries(part)
  return entries.every(([key]) => key === storableText(key))
    ? part
    : Object.fromEntries(entries.map(([key, inner]) => [storableText(key), inner]))
}
