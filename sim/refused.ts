import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A request that Lightspeed would refuse: thrown anywhere, answered as JSON. */
export class Refused extends Error {
  readonly status: ContentfulStatusCode
  readonly body: { [field: string]: unknown }

  constructor(status: ContentfulStatusCode, body: { [field: string]: unknown }) {
    super(`${status} ${JSON.stringify(body)}`)
    this.status = status
    this.body = body
  }
}

const titles: { [status: number]: string } = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Entity',
}

/** `{"error":"Not Found","message":…}` with whatever else the place adds. */
export const refused = (
  status: ContentfulStatusCode,
  message: string,
  more: { [field: string]: unknown } = {},
): Refused => new Refused(status, { error: titles[status] ?? 'Error', message, ...more })

/** The value, or 404. */
export function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw refused(404, `${what} not found`)
  return value
}
