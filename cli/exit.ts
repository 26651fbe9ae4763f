import { DetailedError } from 'hono/client'
import type { Problem } from '#src/http/problem.ts'
import type { ErrorKind } from '#src/lightspeed/errors.rules.ts'
import { exitCodeFor, Refusal } from '#src/kernel/refusal.ts'

/** What scripts may rely on; 130 is the shells' own word for Ctrl-C. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUse: 2,
  refused: 3,
  notAllowed: 4,
  outOfReach: 5,
  interrupted: 130,
} as const

export type ExitCode = number

export type Failure = { exitCode: ExitCode; code: string; message: string; details?: unknown }

/** Ctrl-C, or a request of the system to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** The one place that makes an error an exit code and words for a person. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Interrupted) return { exitCode: exitCodes.interrupted, code: 'interrupted', message: 'Stopped' }
  if (error instanceof Refusal)
    return failure(exitCodeFor(error.kind), { code: error.code, detail: error.message, details: error.details })
  const problem = problemIn(error)
  if (problem) return failure(exitCodeOfProblem(problem), problem)
  if (isNetworkFailure(error))
    return failure(exitCodes.outOfReach, { code: 'out_of_reach', detail: `Out of reach: ${reasonOf(error)}` })
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return failure(exitCodes.failed, { code: 'bug', detail: `Something broke in this command. ${said}` })
}

/** Says which server is out of reach, where the network only says that something is. */
export function withAddress(error: unknown, url: string | null): unknown {
  if (url === null || !isNetworkFailure(error)) return error
  const message = `Consign at ${url} is out of reach: ${reasonOf(error)}. Is it running? CONSIGN_URL says where it is looked for.`
  return new Refusal('unreachable', 'server_out_of_reach', message, { url })
}

/** Of a code as the server gives it, for a problem or for an entity that failed; nothing when Lightspeed is not the reason. */
export function exitCodeOfLightspeed(code: string): ExitCode | undefined {
  return byCode.get(code)
}

const byKind: Record<ErrorKind, ExitCode> = {
  unauthorised: exitCodes.notAllowed,
  forbidden: exitCodes.notAllowed,
  unreachable: exitCodes.outOfReach,
  timed_out: exitCodes.outOfReach,
  server_error: exitCodes.outOfReach,
  rate_limited: exitCodes.outOfReach,
  not_json: exitCodes.outOfReach,
  too_large: exitCodes.failed,
  not_found: exitCodes.failed,
  rejected: exitCodes.failed,
  conflict: exitCodes.failed,
}
const byCode = new Map([
  ...Object.entries(byKind).map(([kind, exitCode]) => [`lightspeed_${kind}`, exitCode] as const),
  ['lightspeed_resting', exitCodes.outOfReach],
])

function exitCodeOfProblem({ status, code, kind }: Problem): ExitCode {
  const lightspeed = exitCodeOfLightspeed(code)
  if (lightspeed !== undefined) return lightspeed
  if (code === 'entity_unknown') return exitCodes.wrongUse
  if (kind === 'not_lawful') return exitCodes.refused
  if (status === misconfigured && code !== foreign) return exitCodes.wrongUse
  return byStatus[status] ?? exitCodes.failed
}

/** The code of an answer that is none of ours. */
const foreign = 'answer_unknown'

/** Our server's 503 is a setting that is wrong; a gateway's is a server that is away. */
const misconfigured = new Refusal('misconfigured', '', '').status

const byStatus: Partial<Record<number, ExitCode>> = {
  400: exitCodes.wrongUse,
  401: exitCodes.notAllowed,
  403: exitCodes.notAllowed,
  409: exitCodes.refused,
  413: exitCodes.wrongUse,
  422: exitCodes.wrongUse,
  429: exitCodes.refused,
  502: exitCodes.outOfReach,
  503: exitCodes.outOfReach,
  504: exitCodes.outOfReach,
}

/** The problem that the server answered with; one that is not ours (a gateway's page) by its status alone. */
function problemIn(error: unknown): Problem | undefined {
  if (!(error instanceof DetailedError)) return undefined
  const status = Number(error.statusCode)
  const said: unknown = error.detail?.data
  if (isProblem(said)) return said
  const detail = `The server answered ${error.message.trim()}, and not as Consign does: is the address right?`
  return { type: 'about:blank', title: error.message, status, detail, code: foreign }
}

function isProblem(said: unknown): said is Problem {
  return typeof said === 'object' && said !== null && 'code' in said && 'detail' in said && 'status' in said
}

export function isNetworkFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  return error instanceof TypeError && /fetch failed|terminated|network/i.test(error.message)
}

/** Why the network failed, in words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof AggregateError && cause.errors.length > 0)
    return reasonOf(new Error('', { cause: cause.errors[0] }))
  if (!(cause instanceof Error)) return error.message
  const code = 'code' in cause ? String(cause.code) : ''
  return inWords[code] ?? cause.message
}

const inWords: Partial<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'there is no such name',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
}

function failure(
  exitCode: ExitCode,
  { code, detail, details }: { code: string; detail: string; details?: unknown },
): Failure {
  return { exitCode, code, message: detail, ...(details === undefined ? {} : { details }) }
}
