import { HTTPException } from 'hono/http-exception'
import { isDatabaseAway } from '../db/faults.ts'
import { Refusal, type RefusalKind } from '../kernel/refusal.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'

/** RFC 9457. */
export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  code: string
  details?: unknown
  /** Of a lawful "no" what kind it is: a rule that says no and a request that makes no sense are both 422. */
  kind?: RefusalKind
}

const titles: Record<number, string> = {
  400: 'Not readable',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not allowed',
  409: 'Conflict',
  413: 'Too large',
  422: 'Not possible as asked',
  429: 'Too many requests',
  502: 'Out of reach',
  503: 'Not available',
}

/** The one place that makes a "no" an HTTP answer. What is not a lawful "no" is a bug: its text stays in the log. */
export function problemFor(error: unknown): Problem {
  if (error instanceof Refusal)
    return { ...problem(error.status, error.code, error.message, error.details), kind: error.kind }
  if (error instanceof LightspeedError) return problem(502, `lightspeed_${error.kind}`, error.message)
  if (error instanceof HTTPException)
    return problem(error.status, 'request_unreadable', error.message || 'The request cannot be read')
  if (isDatabaseAway(error))
    return problem(503, 'database_away', 'The database does not answer just now; try again in a moment')
  return problem(500, 'bug', 'Something broke on our side; the log of the server says what')
}

export function answerProblem(answer: Problem): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  const { details } = answer
  const waits = typeof details === 'object' && details !== null && 'retryAfterSeconds' in details
  if (waits && typeof details.retryAfterSeconds === 'number')
    headers.set('retry-after', details.retryAfterSeconds.toFixed())
  return new Response(JSON.stringify(answer), { status: answer.status, headers })
}

/** A path that is there, asked for in a way that it is not. */
export function methodNotAllowed(allowed: readonly string[], detail: string): Response {
  const refused = answerProblem(problem(405, 'method_not_allowed', detail, { allowed }))
  refused.headers.set('allow', allowed.join(', '))
  return refused
}

export function tooLarge(largestBytes: number): Response {
  const detail = `The request is larger than ${largestBytes} bytes`
  return answerProblem(problem(413, 'body_too_large', detail, { largestBodyBytes: largestBytes }))
}

function problem(status: number, code: string, detail: string, details?: unknown): Problem {
  const title = titles[status] ?? 'Something broke'
  return {
    type: `urn:consign:problem:${code}`,
    title,
    status,
    detail,
    code,
    ...(details === undefined ? {} : { details }),
  }
}
