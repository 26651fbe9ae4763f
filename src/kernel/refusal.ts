const statusOf = {
  unreadable: 400,
  not_valid: 422,
  not_signed_in: 401,
  not_allowed: 403,
  not_found: 404,
  not_lawful: 422,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  misconfigured: 503,
  unreachable: 502,
} as const

export type RefusalKind = keyof typeof statusOf

/** A lawful "no": expected, safe to show, never a bug. Everything else that throws is a bug. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly code: string
  readonly details: unknown

  constructor(kind: RefusalKind, code: string, message: string, details?: unknown) {
    super(message)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.details = details
  }

  /** The HTTP status this "no" is answered with. */
  get status() {
    return statusOf[this.kind]
  }
}

const exitCodeOf: Record<RefusalKind, number> = {
  unreadable: 2,
  not_valid: 2,
  not_signed_in: 4,
  not_allowed: 4,
  not_found: 1,
  not_lawful: 3,
  conflict: 3,
  too_large: 2,
  too_many: 3,
  misconfigured: 2,
  unreachable: 5,
}

/** The exit code of a command that was refused: 1 failed, 2 wrong use or settings, 3 a rule, 4 not allowed, 5 out of reach. */
export function exitCodeFor(kind: RefusalKind): number {
  return exitCodeOf[kind]
}
