import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { OpenAPIV3_1 } from 'openapi-types'
import { version } from '../ops/version.ts'
import type { Env } from './env.ts'
import { addressExamples, examples } from './examples.ts'

/**
 * OpenAPI 3.1 of the routes, from their own declarations. Typed as an object: as a document, which may hold itself, every
 * client's types would be computed down to its end, and the check of the types takes ten times as long.
 */
export async function describe(routes: Hono<Env>): Promise<object> {
  const generated = await generateSpecs(routes, {
    excludeStaticFile: false,
    documentation: {
      openapi: '3.1.0',
      info: { title: 'Consign', version, description: 'Errors are application/problem+json (RFC 9457).' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  })
  const paths = Object.fromEntries(Object.entries(generated.paths).map(([path, item]) => [path, whole(path, item)]))
  return {
    ...generated,
    paths,
    components: { ...generated.components, schemas: { ...generated.components?.schemas, Problem } },
  }
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** With what the generator does not know: what every operation answers, and examples. */
function whole(path: string, item: OpenAPIV3_1.PathItemObject = {}): OpenAPIV3_1.PathItemObject {
  const operations = methods.flatMap((method) => {
    const operation = item[method]
    if (!operation) return []
    const example = examples[`${method.toUpperCase()} ${path}`]
    const parts = {
      ...answersOf(operation),
      ...parametersOf(operation),
      ...(example ? bodyOf(operation, example) : {}),
    }
    return [[method, { ...operation, ...parts }] as const]
  })
  return { ...item, ...Object.fromEntries(operations) }
}

function answersOf({ responses }: OpenAPIV3_1.OperationObject) {
  const { 400: _, ...known } = responses ?? {}
  const done = Object.keys(known).length === 0 ? { '2XX': { description: 'Done' } } : known
  return { responses: { ...done, default: refused } }
}

function parametersOf({ parameters = [] }: OpenAPIV3_1.OperationObject) {
  return { parameters: parameters.map(withExample) }
}

type Parameter = NonNullable<OpenAPIV3_1.OperationObject['parameters']>[number]

function withExample(parameter: Parameter): Parameter {
  if (!('in' in parameter) || parameter.in !== 'path') return parameter
  const isNumber = JSON.stringify(parameter.schema).includes('"integer"')
  const example = isNumber ? '42' : addressExamples[parameter.name]
  return { ...parameter, ...(example === undefined ? {} : { example }) }
}

/** Where the generator knows no schema (the doors of others are read byte by byte), the example says it all. */
function bodyOf({ requestBody }: OpenAPIV3_1.OperationObject, example: object) {
  const known = requestBody && 'content' in requestBody ? requestBody : { content: {} }
  const json = { ...known.content['application/json'], example }
  return { requestBody: { ...known, content: { ...known.content, 'application/json': json } } }
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
    kind: { type: 'string', description: 'Of a lawful "no": what kind it is' },
  },
}
