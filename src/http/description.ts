import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { OpenAPIV3_1 } from 'openapi-types'
import { version } from '../ops/version.ts'
import type { Env } from './env.ts'

/**
 * OpenAPI 3.1 of the routes, from their own declarations. Typed as an object: as a document, which may hold itself, every
 * client's types would be computed down to its end, and the check of the types takes ten times as long.
 */
export async function describe(routes: Hono<Env>): Promise<object> {
  const generated = await generateSpecs(routes, {
    documentation: {
      openapi: '3.1.0',
      info: { title: 'Consign', version, description: 'Errors are application/problem+json (RFC 9457).' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  })
  const paths = Object.fromEntries(Object.entries(generated.paths).map(([path, item]) => [path, withAnswers(item)]))
  return {
    ...generated,
    paths,
    components: { ...generated.components, schemas: { ...generated.components?.schemas, Problem } },
  }
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** What every operation answers; the generator only knows what a validator of its own would have said. */
function withAnswers(item: OpenAPIV3_1.PathItemObject = {}): OpenAPIV3_1.PathItemObject {
  const operations = methods.flatMap((method) => {
    const operation = item[method]
    if (!operation) return []
    const { 400: _, ...known } = operation.responses ?? {}
    const done = Object.keys(known).length === 0 ? { '2XX': { description: 'Done' } } : known
    return [[method, { ...operation, responses: { ...done, default: refused } }] as const]
  })
  return { ...item, ...Object.fromEntries(operations) }
}

const refused = {
  description: 'Refused, or broken: `code` says why, docs/runbook.md what helps',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const Problem: OpenAPIV3_1.SchemaObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    details: {},
  },
}
