import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import { isJson, type Json } from './shop.ts'

/** Where a body is not as a schema says. `rule`: the place in the description that says it. */
export type Flaw = { at: string; rule: string; says: string }

export type Validator = (schema: string, body: unknown) => Flaw[]

const name = 'description'

/** Checks bodies against the schemas of an OpenAPI 3.0 description, named by JSON pointers into it. */
export function openValidator(document: Json): Validator {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false, inlineRefs: false })
  addFormats.default(ajv)
  ajv.addSchema({ ...converted(document), $id: name })
  return (schema, body) => {
    const validate = ajv.getSchema(`${name}#${schema}`) ?? ajv.compile({ $ref: `${name}#${schema}` })
    return validate(body) ? [] : (validate.errors ?? []).map((error) => flawOf(schema, error))
  }
}

function flawOf(schema: string, { instancePath, schemaPath, message, params }: ErrorObject): Flaw {
  const at = instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*')
  const rule =
    schemaPath.startsWith('#/properties') || !schemaPath.includes('/components/') ? schema + schemaPath : schemaPath
  return { at: at === '' ? 'the body' : at, rule, says: `${message ?? 'is wrong'}${more(params)}` }
}

const more = (params: Json): string => ('allowedValues' in params ? `: ${String(params['allowedValues'])}` : '')

/** OpenAPI 3.0 says `nullable` where JSON Schema lists null among the types and values. */
function converted(value: Json): Json {
  const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, convertedAny(each)]))
  if (inner['nullable'] !== true) return inner
  const { nullable: _, ...schema } = inner
  const types = typeof schema['type'] === 'string' ? { type: [schema['type'], 'null'] } : {}
  const values = Array.isArray(schema['enum']) ? { enum: [...schema['enum'], null] } : {}
  if (typeof schema['$ref'] === 'string') return { anyOf: [schema, { type: 'null' }] }
  return { ...schema, ...types, ...values }
}

function convertedAny(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convertedAny)
  return isJson(value) ? converted(value) : value
}
