import { parse } from 'yaml'
import { isJson, type Json } from './shop.ts'

/** A path and method of the description. `schemas`: where the schema of each status stands, as a JSON pointer. */
export type Operation = { method: string; path: string; schemas: Map<string, string> }

/** A body that the description shows. */
export type Example = {
  where: string
  kind: 'answer' | 'request' | 'record'
  /** Of an answer or a request; of a record the name of its schema. */
  subject: string
  body: unknown
  /** The schema that stands beside it. */
  schema: string | undefined
}

export type Description = { title: string; document: Json; operations: Operation[]; examples: Example[] }

export class WrongDescription extends Error {}

/** Reads an OpenAPI 3.0 description, YAML or JSON. Throws a WrongDescription that says what is wrong with it. */
export function readDescription(text: string): Description {
  const document = parsed(text)
  const version = document['openapi']
  if (typeof version !== 'string' || !version.startsWith('3.0.')) {
    throw new WrongDescription(`This is not an OpenAPI 3.0 description: openapi is ${JSON.stringify(version)}`)
  }
  const info = object(document['info'])
  const operations = operationsOf(object(document['paths']))
  return {
    title: `${String(info['title'])}, version ${String(info['version'])}`,
    document,
    operations: operations.map(({ method, path, schemas }) => ({ method, path, schemas })),
    examples: [...operations.flatMap(examplesOf), ...recordsOf(object(object(document['components'])['schemas']))],
  }
}

function parsed(text: string): Json {
  try {
    const document: unknown = parse(text)
    if (isJson(document)) return document
  } catch (error) {
    throw new WrongDescription(`It is neither YAML nor JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  throw new WrongDescription('It is not an object')
}

const object = (value: unknown): Json => (isJson(value) ? value : {})
const entries = (value: unknown): [string, Json][] =>
  Object.entries(object(value)).flatMap(([name, inner]) =>
    isJson(inner) ? [[name, inner] satisfies [string, Json]] : [],
  )

/** A JSON pointer, as it stands in the fragment of a reference. */
export const pointer = (...steps: string[]): string =>
  steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

const methods = new Set(['get', 'post', 'put', 'patch', 'delete'])

type Found = Operation & { raw: Json }

const operationsOf = (paths: Json): Found[] =>
  entries(paths).flatMap(([path, item]) =>
    entries(item)
      .filter(([method]) => methods.has(method))
      .map(([method, raw]) => ({ method: method.toUpperCase(), path, raw, schemas: schemasOf(path, method, raw) })),
  )

function schemasOf(path: string, method: string, operation: Json): Map<string, string> {
  const schemas = new Map<string, string>()
  for (const [status, response] of entries(operation['responses'])) {
    const media = entries(response['content']).find(([, each]) => isJson(each['schema']))
    const at = ['paths', path, method, 'responses', status, 'content']
    if (media) schemas.set(status, pointer(...at, media[0], 'schema'))
  }
  return schemas
}

/** Examples of one operation stand in any media type, also in made up ones beside the one that has the schema. */
function examplesOf({ method, path, raw, schemas }: Found): Example[] {
  const answers = entries(raw['responses']).flatMap(([status, response]) =>
    bodiesIn(response['content']).map((body): Example => ({
      where: `${method} ${path} ${status}`,
      kind: 'answer',
      subject: `${method} ${path}`,
      body,
      schema: schemas.get(status),
    })),
  )
  const requests = bodiesIn(object(raw['requestBody'])['content']).map((body): Example => ({
    where: `${method} ${path} request`,
    kind: 'request',
    subject: `${method} ${path}`,
    body,
    schema: undefined,
  }))
  return [...answers, ...requests]
}

function bodiesIn(content: unknown): unknown[] {
  const media = entries(content).map(([, each]) => each)
  const single = media.filter((each) => 'example' in each).map((each) => each['example'])
  const several = media.flatMap((each) => entries(each['examples']))
  return single.concat(several.map(([, example]) => ('value' in example ? example['value'] : example)))
}

/** Examples that stand with the schema of a record: one, or several by name. */
const recordsOf = (schemas: Json): Example[] =>
  entries(schemas).flatMap(([name, schema]) => {
    const named = object(schema['x-examples'])
    const several = Object.keys(named).some((key) => /^(example|all customers)/i.test(key))
    const bodies = several ? Object.values(named) : Object.keys(named).length > 0 ? [named] : []
    return [...bodies, ...('example' in schema ? [schema['example']] : [])]
      .flatMap((body) => (Array.isArray(object(body)['data']) ? object(body)['data'] : body))
      .filter((body) => isJson(body))
      .map((body) => ({
        where: `schema ${name}`,
        kind: 'record' as const,
        subject: name,
        body,
        schema: pointer('components', 'schemas', name),
      }))
  })
