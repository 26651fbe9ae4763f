/** What Lightspeed said about a failure: its sentence, the fields it complains of, and the body as it came. */
export type Complaint = { message: string | null; fields: Record<string, string> | null; raw: string }

const longestRaw = 4000

/**
 * Reads any of Lightspeed's error envelopes: `error` as text or as {message}, `message`, `errors[]`, `details` as text,
 * list or object, `fields`, OAuth's `error_description`, a bulk answer's `failed[]`, or a gateway's web page.
 */
export function readComplaint(text: string): Complaint {
  const raw = text.slice(0, longestRaw)
  const body = tryJson(text)
  if (body === undefined) return { message: readPage(text), fields: null, raw }
  return { message: messageIn(body), fields: fieldsIn(body), raw }
}

function messageIn(body: unknown): string | null {
  if (typeof body === 'string') return sentence(body)
  if (Array.isArray(body)) return firstOf(body, messageIn)
  if (!isObject(body)) return null
  const title = sentence(body['error_description']) ?? messageIn(body['error'])
  const more = sentence(body['message']) ?? (typeof body['details'] === 'string' ? sentence(body['details']) : null)
  if (title && more && title !== more) return `${title}: ${more}`
  return title ?? more ?? messageIn(body['errors']) ?? messageIn(body['failed']) ?? detailsIn(body['details'])
}

function detailsIn(details: unknown): string | null {
  if (!isObject(details)) return messageIn(details)
  return (
    messageIn(details) ??
    firstOf(Object.entries(details), ([field, said]) => (messageIn(said) ? `${field}: ${messageIn(said)}` : null))
  )
}

function fieldsIn(body: unknown): Record<string, string> | null {
  if (!isObject(body)) return null
  const fields = [body['fields'], body['details'], body['errors']].find(isObject)
  if (!fields) return isObject(body['error']) ? fieldsIn(body['error']) : null
  const said = Object.entries(fields).map(
    ([field, value]) => [field, messageIn(value) ?? JSON.stringify(value)] as const,
  )
  return said.length > 0 ? Object.fromEntries(said) : null
}

function readPage(text: string): string | null {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1] ?? /<h1[^>]*>([^<]*)<\/h1>/i.exec(text)?.[1]
  return sentence(title ?? (text.includes('<') ? undefined : text))
}

function firstOf<Item>(items: readonly Item[], read: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = read(item)
    if (found) return found
  }
  return null
}

function sentence(value: unknown): string | null {
  const text = typeof value === 'string' ? value.replace(/\s+/g, ' ').trim().slice(0, 500) : ''
  return text === '' ? null : text
}

function tryJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
