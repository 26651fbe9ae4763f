/** The records of an answer, as they came, and the version that the next page begins behind; null where it has none. */
export type Contents = { records: unknown[]; max: number | null }

/**
 * Lightspeed wraps its lists as {data: […], version: {min, max}}, single records as {data: {…}}, and some answers are a
 * bare list or record. Records that are no objects are passed on: who stores them sets them aside with their reason.
 */
export function readContents(body: unknown): Contents {
  if (Array.isArray(body)) return { records: body, max: null }
  if (!isObject(body)) return { records: [], max: null }
  const data = 'data' in body ? body['data'] : body
  const version = body['version']
  return { records: recordsIn(data), max: isObject(version) ? readVersion(version['max']) : null }
}

/** Whether an answer holds what was asked for, if only no record: an object or, for a list, one with `data` or a bare list. */
export function holdsRecords(body: unknown, isList: boolean): boolean {
  return Array.isArray(body) || (isObject(body) && (!isList || 'data' in body))
}

function recordsIn(data: unknown): unknown[] {
  if (Array.isArray(data)) return data
  return data === null || data === undefined ? [] : [data]
}

/** A whole number, also where it came as text. 0 stands on empty pages for "none". */
function readVersion(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
