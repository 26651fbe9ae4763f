/** One field of PostgreSQL's COPY text format. */
export function copyField(value: string | number | boolean | null): string {
  if (value === null) return '\\N'
  return typeof value === 'string' ? escaped(value) : String(value)
}

/** One row, with its line end. */
export function copyLine(fields: (string | number | boolean | null)[]): string {
  let line = ''
  for (const [index, field] of fields.entries()) line += index === 0 ? copyField(field) : `\t${copyField(field)}`
  return `${line}\n`
}

const special = /[\\\t\n\r]/
const specials = /[\\\t\n\r]/g
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escaped(text: string): string {
  return special.test(text) ? text.replace(specials, (character) => escapes[character] ?? character) : text
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
  const text = JSON.stringify(value) ?? 'null'
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
