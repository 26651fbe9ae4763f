const hidden = '[hidden]'

/** Whatever is called so lets somebody in. */
const secretKeys = /token|secret|passw|authorization|cookie|signature|api_?key/i
/** Whatever is called so is a person's, or may hold everything. */
const personalKeys =
  /^((first|last|full|customer|company)_?name|e?mail|phone|mobile|fax|address|date_of_birth|note|customer|(physical|postal)_\w+|body|payload|raw|record|before|after)$/i

/** Texts that give themselves away, wherever they stand: the last net. */
const givenAway: readonly [RegExp, string][] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[mail]'],
  [/\bBearer [\w.~+/-]+=*/gi, `Bearer ${hidden}`],
  [/\b(?:lsxs_|consign_)[\w.-]{8,}/g, hidden],
  [/\b(signature|sha256)=[\w+/=-]{16,}/gi, `$1=${hidden}`],
  [/\b(code|state|key|token|access_token|refresh_token|client_secret|password)=[^&\s"'\\,)]+/gi, `$1=${hidden}`],
  [/(\w+:\/\/[^\s:/"@]+):[^\s/"@]+@/g, `$1:${hidden}@`],
]

const deepest = 5
const longestList = 50

/** What may be logged of a value: without secrets and personal data, of errors only what tells a fault. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubbed(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth >= deepest) return '[deeper]'
  if (value instanceof Error) return errorIn(value, depth)
  if (Array.isArray(value)) return value.slice(0, longestList).map((one) => redacted(one, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, isHidden(key) ? hidden : redacted(one, depth + 1)]),
  )
}

/** A text without mail addresses, tokens, signatures, and passwords in addresses. */
export function scrubbed(text: string): string {
  return givenAway.reduce((left, [pattern, instead]) => left.replace(pattern, instead), text)
}

function isHidden(key: string): boolean {
  return secretKeys.test(key) || personalKeys.test(key)
}

/** PostgreSQL's errors carry whole rows (`detail`, `where`), and others the request that failed: none of that. */
function errorIn(error: Error, depth: number) {
  const told = ['code', 'kind', 'status', 'path', 'method', 'constraint', 'table', 'column']
  const facts = told.flatMap((name) => {
    const fact: unknown = Reflect.get(error, name)
    return typeof fact === 'string' || typeof fact === 'number' ? [[name, redacted(fact)] as const] : []
  })
  return {
    type: error.name,
    message: scrubbed(error.message),
    stack: scrubbed(error.stack ?? ''),
    ...Object.fromEntries(facts),
    ...(error.cause === undefined ? {} : { cause: redacted(error.cause, depth + 1) }),
  }
}
