import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { OpenAPIV3_1 } from 'openapi-types'
import { version } from '../ops/version.ts'
import type { Env } from './env.ts'
import { addressExamples, examples, questionExamples } from './examples.ts'
import { broken, problemShape, refusalsOf } from './refusing.ts'

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
    components: { ...generated.components, schemas: { ...generated.components?.schemas, Problem: problemShape } },
  }
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** With what the generator does not know: what every operation answers, and examples. */
function whole(path: string, item: OpenAPIV3_1.PathItemObject = {}): OpenAPIV3_1.PathItemObject {
  const operations = methods.flatMap((method) => {
    const operation = item[method]
    if (!operation) return []
    const example = examples[`${method.toUpperCase()} ${path}`]
    const { 'x-refusals': _, ...said } = { 'x-refusals': {}, ...operation }
    const parts = {
      ...parametersOf(path, method, operation),
      ...answersOf(path, method, operation),
      ...(example ? bodyOf(operation, example) : {}),
    }
    return [[method, { ...said, ...parts }] as const]
  })
  return { ...item, ...Object.fromEntries(operations) }
}

type Operation = OpenAPIV3_1.OperationObject

function answersOf(path: string, method: string, operation: Operation) {
  const { 400: _, ...answers } = operation.responses ?? {}
  return { responses: { ...refusalsOf({ path, method, operation }), ...answers, default: broken } }
}

function parametersOf(path: string, method: string, { parameters = [], security }: Operation) {
  const door = `${method.toUpperCase()} ${path}`
  const isOnce = method === 'post' && path.startsWith('/api/v1/') && security === undefined
  return { parameters: [...parameters.map((one) => withExample(door, one)), ...(isOnce ? [idempotencyKey] : [])] }
}

const idempotencyKey: OpenAPIV3_1.ParameterObject = {
  in: 'header',
  name: 'Idempotency-Key',
  description: 'Such as a UUID: the same again within 48 hours is done once, and gets the same answer',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

type Parameter = NonNullable<OpenAPIV3_1.OperationObject['parameters']>[number]

function withExample(door: string, parameter: Parameter): Parameter {
  if (!('in' in parameter)) return parameter
  if (parameter.in === 'query') return { ...parameter, ...exampleAs(questionExamples[door]?.[parameter.name]) }
  if (parameter.in !== 'path') return parameter
  const isNumber = JSON.stringify(parameter.schema).includes('"integer"')
  return { ...parameter, ...exampleAs(isNumber ? '42' : addressExamples[parameter.name]) }
}

function exampleAs(example: string | undefined) {
  return example === undefined ? {} : { example }
}

/** Where the generator knows no schema (the doors of others are read byte by byte), the example says it all. */
function bodyOf({ requestBody }: OpenAPIV3_1.OperationObject, example: object) {
  const known = requestBody && 'content' in requestBody ? requestBody : { content: {} }
  const json = { ...known.content['application/json'], example }
  return { requestBody: { ...known, content: { ...known.content, 'application/json': json } } }
}
