/** What a reader of the API's reference is told of one value, in a word or two: `text`, `whole number 1–500`, `list of text`. */
export function valueInWords(schema: unknown): string {
  if (!isObject(schema)) return 'anything'
  if (Array.isArray(schema['enum'])) return schema['enum'].map((one) => JSON.stringify(one)).join(' or ')
  if ('const' in schema) return JSON.stringify(schema['const'])
  if ('$ref' in schema) return 'object'
  const either = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(either)) return [...new Set(either.map(valueInWords))].join(' or ')
  if (Array.isArray(schema['type'])) return schema['type'].map((type) => valueInWords({ ...schema, type })).join(' or ')
  if (schema['type'] === 'array') return `list of ${valueInWords(schema['items'])}`
  if (schema['type'] === 'string') return textInWords(schema)
  const name = names[String(schema['type'])] ?? 'anything'
  return `${name}${spanInWords(schema['minimum'], schema['maximum'])}`
}

const names: Record<string, string> = {
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
}

const formats: Record<string, string> = { uuid: 'UUID', 'date-time': 'time (RFC 3339)', date: 'day (2026-11-21)' }

function textInWords({ format, maxLength }: Record<string, unknown>): string {
  const known = formats[String(format)]
  if (known) return known
  return typeof maxLength === 'number' ? `text, at most ${maxLength}` : 'text'
}

/** JSON's largest safe number is no limit that anyone has to know. */
function spanInWords(least: unknown, most: unknown): string {
  const hasMost = typeof most === 'number' && most < Number.MAX_SAFE_INTEGER
  const hasLeast = typeof least === 'number' && least > Number.MIN_SAFE_INTEGER
  if (hasLeast && hasMost) return ` ${least}–${most}`
  if (hasLeast) return ` from ${least}`
  return hasMost ? ` to ${most}` : ''
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
