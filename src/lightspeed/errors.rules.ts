import type { Complaint } from './error-body.rules.ts'

export type ErrorKind =
  | 'unreachable'
  | 'timed_out'
  | 'too_large'
  | 'not_json'
  | 'unauthorised'
  | 'forbidden'
  | 'not_found'
  | 'rejected'
  | 'conflict'
  | 'rate_limited'
  | 'server_error'

/** A request to Lightspeed. `path` is without its query. */
export type Asked = { method: string; origin: string; path: string }

type Facts = Asked & {
  status?: number | undefined
  complaint?: Complaint | undefined
  cause?: unknown
  because?: string
}

/** Lightspeed did not do what it was asked; the message says why and what helps, in words for a shopkeeper. */
export class LightspeedError extends Error {
  readonly kind: ErrorKind
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined
  readonly method: string
  readonly path: string
  readonly complaint: Complaint | undefined

  constructor(kind: ErrorKind, facts: Facts) {
    super(sentences[kind](facts), { cause: facts.cause })
    this.name = 'LightspeedError'
    this.kind = kind
    this.status = facts.status
    this.method = facts.method
    this.path = facts.path
    this.complaint = facts.complaint
  }
}

/** What a status that is no success means. */
export function kindOfStatus(status: number): ErrorKind {
  const known: Record<number, ErrorKind> = {
    401: 'unauthorised',
    403: 'forbidden',
    404: 'not_found',
    408: 'timed_out',
    409: 'conflict',
    429: 'rate_limited',
  }
  return known[status] ?? (status >= 500 ? 'server_error' : 'rejected')
}

const sentences: Record<ErrorKind, (facts: Facts) => string> = {
  unreachable: (facts) =>
    `Lightspeed cannot be reached at ${facts.origin}${because(facts)}. Check this machine's way to the internet, and the ` +
    'settings LIGHTSPEED_DOMAIN_PREFIX and LIGHTSPEED_BASE_URL.',
  timed_out: (facts) =>
    `Lightspeed did not answer ${ask(facts)} in time${because(facts)}. It is tried again at the next sync.`,
  too_large: (facts) =>
    `Lightspeed's answer to ${ask(facts)} is larger than Consign reads at once${because(facts)}. Ask for smaller pages.`,
  not_json: (facts) =>
    `Lightspeed's answer to ${ask(facts)} is not the data that was asked for${because(facts)}. If it stays so, check that ` +
    `${facts.origin} is the address of your shop (LIGHTSPEED_DOMAIN_PREFIX, LIGHTSPEED_BASE_URL).`,
  unauthorised: (facts) =>
    `Lightspeed does not accept the token${said(facts)}. Make a new one in Lightspeed under Setup → Personal tokens and set ` +
    'LIGHTSPEED_TOKEN to it; if Consign is connected as an app, connect it again.',
  forbidden: (facts) =>
    `Lightspeed's token has no right to ${ask(facts)}${said(facts)}. Give the token, or its user, that right in Lightspeed.`,
  not_found: (facts) =>
    `Lightspeed knows nothing at ${ask(facts)}${said(facts)}. If everything is unknown, check LIGHTSPEED_DOMAIN_PREFIX.`,
  rejected: (facts) => `Lightspeed refused ${ask(facts)}${said(facts)}${because(facts)}.`,
  conflict: (facts) => `Lightspeed sees a conflict in ${ask(facts)}${said(facts)}.`,
  rate_limited: (facts) =>
    `Lightspeed still refuses ${ask(facts)} because of too many requests, though Consign waited as long as it was told. ` +
    'Another program may use the shop’s allowance; try again in five minutes.',
  server_error: (facts) =>
    `Lightspeed has a fault of its own and could not answer ${ask(facts)}${said(facts)}. Try again later.`,
}

function ask({ method, path }: Facts): string {
  return `${method} ${path}`
}

function because({ because: reason }: Facts): string {
  return reason ? ` (${reason})` : ''
}

function said({ complaint, status }: Facts): string {
  const words = complaint?.message ?? (status === undefined ? null : `status ${status}`)
  return words === null ? '' : `: “${words.replace(/\.$/, '')}”`
}
