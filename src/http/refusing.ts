import type { OpenAPIV3_1 } from 'openapi-types'
import { z } from 'zod'

type Door = { method: string; path: string; operation: OpenAPIV3_1.OperationObject }
type Codes = Readonly<Record<string, readonly string[]>>

/** Every "no" of a door, by status: its own, and those that stand before it. */
export function refusalsOf(door: Door): OpenAPIV3_1.ResponsesObject {
  const parts = [ofAll, ...(isGuarded(door) ? [ofGuarded(door)] : []), ofReading(door), ofCounting(door), ownOf(door)]
  const statuses = [...new Set(parts.flatMap((part) => Object.keys(part)))].toSorted()
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = [...new Set(parts.flatMap((part) => part[status] ?? []))]
      const isOpen = parts.some((part) => part[status]?.length === 0)
      return [status, refusalWith(status, codes, isOpen)]
    }),
  )
}

/** Whatever else may break: the fault of ours, of the database, of Lightspeed. */
export const broken: OpenAPIV3_1.ResponseObject = {
  description: 'Broken, or out of reach: `code` says why, docs/runbook.md what helps',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

/** RFC 9457. */
export const problemShape: OpenAPIV3_1.SchemaObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', description: '`urn:consign:problem:` and the code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What to do otherwise, for people' },
    code: { type: 'string', description: 'What a program may rely on; docs/runbook.md has the cure of each' },
    details: { description: 'Of fields that are not valid the `issues`, of a choice what is `known`, and the like' },
    kind: { type: 'string', description: 'Of a lawful "no": what kind it is' },
  },
  additionalProperties: false,
}

const ofAll: Codes = { 400: ['request_unreadable'] }

function isGuarded({ path, operation }: Door): boolean {
  return operation.security === undefined && path !== '/api/sync'
}

function ofGuarded({ method, path }: Door): Codes {
  const isPost = method === 'post' && path.startsWith('/api/v1/')
  return {
    ...(isPost ? { 400: ['idempotency_key_not_valid'], 409: ['idempotency_key_busy', 'idempotency_answer_lost'] } : {}),
    ...(isPost ? { 422: ['idempotency_key_used'] } : {}),
    401: ['sign_in_needed', 'token_not_valid'],
    403: ['scope_missing', ...(method === 'get' ? [] : ['foreign_page'])],
    429: ['too_many_requests'],
  }
}

const wordFor: Readonly<Record<string, string>> = { query: 'query_not_valid', path: 'param_not_valid' }

function ofReading({ operation: { parameters = [], requestBody } }: Door): Codes {
  const places = new Set(parameters.map((parameter) => ('in' in parameter ? parameter.in : '')))
  const isPaged = parameters.some((parameter) => 'in' in parameter && parameter.name === 'after')
  const codes = [...[...places].flatMap((place) => wordFor[place] ?? []), ...(isPaged ? ['cursor_not_valid'] : [])]
  if (!requestBody) return codes.length > 0 ? { 422: codes } : {}
  return { 413: ['body_too_large'], 422: [...codes, 'body_not_valid'] }
}

const counted = new Set(['/api/v1/session', '/api/openapi.json', '/api/docs', '/lightspeed/callback'])

function ofCounting({ path }: Door): Codes {
  return counted.has(path) ? { 429: ['too_many_requests'] } : {}
}

const own = z.object({ 'x-refusals': z.record(z.string(), z.array(z.string())).default({}) })

function ownOf({ operation }: Door): Codes {
  return own.parse(operation)['x-refusals']
}

/** `isOpen`: the codes are not counted up, or not all of them. */
function refusalWith(status: string, codes: readonly string[], isOpen: boolean): OpenAPIV3_1.ResponseObject {
  const schema: OpenAPIV3_1.SchemaObject = { allOf: [problem, { properties: { code: { enum: [...codes] } } }] }
  return {
    description: codes.map((code) => `\`${code}\``).join(', ') || 'Not so: `code` says why',
    ...(status === '429' ? { headers: { 'Retry-After': { ...seconds, required: true } } } : {}),
    ...(status === '409' || status === '502' ? { headers: { 'Retry-After': seconds } } : {}),
    ...(status === '405' ? { headers: { Allow: { schema: { type: 'string' }, required: true } } } : {}),
    content: { 'application/problem+json': { schema: isOpen ? problem : schema } },
  }
}

const problem = { $ref: '#/components/schemas/Problem' } as const
const seconds: OpenAPIV3_1.HeaderObject = {
  description: 'Seconds until it is worth asking again',
  schema: { type: 'integer' },
}
