import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { z } from 'zod'

const media = z.object({ schema: z.unknown().optional() })
const answer = z.object({
  headers: z.record(z.string(), z.object({ required: z.boolean().default(false) })).default({}),
  content: z.record(z.string(), media).optional(),
})
const operation = z.object({ responses: z.record(z.string(), answer) })
const description = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

type Asked = { method: string; url: string }

/** Holds answers to the description: whatever a door answers must be described there, to the last field. */
export function openJudge(document: unknown) {
  const { paths } = description.parse(document)
  const ajv = new Ajv2020({ strict: false, logger: false })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'description', ...description.parse(document) })

  /** Throws where a value is not as the place in the description says, given as the steps that lead there. */
  const judge = (value: unknown, place: readonly string[], what: string) => {
    const pointer = place.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')
    const validate = ajv.getSchema(`description#/${pointer}`)
    assert.ok(validate, `${what}: the description has no shape for this answer (${place.join(' ')})`)
    assert.ok(validate(value), `${what}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value)?.slice(0, 1000)}`)
  }

  /** Reads an answer (of an event stream only its head) and throws where it is not described. Returns its JSON. */
  const judgeAnswer = async ({ method, url }: Asked, given: Response): Promise<unknown> => {
    const path = pathOf(url)
    const what = `${method.toUpperCase()} ${path} ${given.status}`
    const { responses } = operation.parse(paths[path]?.[method])
    const status = String(given.status) in responses ? String(given.status) : 'default'
    assert.ok(status !== 'default' || given.status >= 500, `${what}: this status is not described`)
    const said = responses[status]
    for (const [name, { required }] of Object.entries(said?.headers ?? {}))
      assert.ok(!required || given.headers.has(name), `${what}: the header ${name} is missing`)
    if (!said?.content) return undefined
    const type = given.headers.get('content-type')?.split(';')[0] ?? 'none'
    assert.ok(said.content[type]?.schema, `${what}: no shape for ${type} is described`)
    if (type === 'text/event-stream') return undefined
    const value: unknown = type.endsWith('json') ? await given.clone().json() : await given.clone().text()
    judge(value, ['paths', path, method, 'responses', status, 'content', type, 'schema'], what)
    return value
  }

  /** The described path that an address is meant by: the one with the fewest variables. */
  const pathOf = (url: string): string => {
    const asked = url.split('?')[0]?.split('/') ?? []
    const fitting = Object.keys(paths).filter((path) => fits(path.split('/'), asked))
    const [best] = fitting.toSorted((a, b) => a.split('{').length - b.split('{').length)
    assert.ok(best, `${url}: nothing like this is described`)
    return best
  }
  /** Every answer of a door that did what was asked: `GET /health 200`. */
  const welcomes = () =>
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, said]) =>
        Object.keys(operation.parse(said).responses)
          .filter((status) => Number(status) < 400)
          .map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    )
  return { judge, judgeAnswer, pathOf, paths, welcomes }
}

function fits(path: string[], asked: string[]): boolean {
  return path.length === asked.length && path.every((step, place) => step.startsWith('{') || step === asked[place])
}
