import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { z } from 'zod'
import { adminToken, openShop } from './shop.ts'
import { openJudge } from './told.ts'

const field = z.object({
  in: z.string(),
  name: z.string(),
  example: z.string().optional(),
  required: z.boolean().default(false),
})
const body = z.object({ schema: z.record(z.string(), z.unknown()).optional(), example: z.unknown().optional() })
const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  parameters: z.array(field).default([]),
  requestBody: z.object({ content: z.record(z.string(), body) }).optional(),
  security: z.array(z.unknown()).optional(),
  responses: z
    .record(z.string(), z.looseObject({ headers: z.record(z.string(), z.unknown()).default({}) }))
    .default({}),
})
const description = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

export const problem = z.object({
  type: z.string(),
  title: z.string().min(1),
  status: z.number(),
  detail: z.string().min(1),
  code: z.string(),
  details: z.unknown().optional(),
})

export type OpenDoors = Awaited<ReturnType<typeof openDoors>>
export type Door = OpenDoors['doors'][number]

/** A shop, and every route as its own description tells of it. */
export async function openDoors() {
  const shop = await openShop({ env: { LS_WEBHOOK_SECRET: 'a-secret-of-relays' } })
  const document: unknown = await (await shop.app.request('/api/openapi.json')).json()
  const { paths } = description.parse(document)
  const { judgeAnswer } = openJudge(document)
  const doors = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, said]) => {
      const { parameters, requestBody, responses, ...about } = operation.parse(said)
      const { schema, example } = requestBody?.content['application/json'] ?? {}
      const url = urlOf(path, parameters)
      const etag = responses['200']?.headers['ETag'] !== undefined
      return [
        { ...about, name: `${method.toUpperCase()} ${path}`, method, path, url, etag, parameters, schema, example },
      ]
    }),
  )
  const knock = async (door: { method: string; url: string }, said: Said = {}) => {
    const { token = adminToken, body: sent, headers = {} } = said
    const authorization = token === '' ? {} : { authorization: `Bearer ${token}` }
    const type = sent === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await shop.app.request(door.url, {
      method: door.method.toUpperCase(),
      headers: { ...type, ...authorization, ...headers },
      ...(sent === undefined ? {} : { body: typeof sent === 'string' ? sent : JSON.stringify(sent) }),
    })
    await judgeAnswer(door, answer)
    return answer
  }
  return { ...shop, doors, knock, guarded: doors.filter(({ path, security }) => isGuarded(path, security)) }
}

type Said = { token?: string; body?: unknown; headers?: Record<string, string> }

/** Doors that only open to who is signed in, and that speak problem+json. */
function isGuarded(path: string, security: unknown[] | undefined): boolean {
  return path.startsWith('/api/v1/') && security === undefined && path !== '/api/v1/session'
}

/** Its address as somebody would ask it: with an example for each brace, and what must be asked with it. */
export function urlOf(path: string, parameters: readonly z.infer<typeof field>[]): string {
  const exampleOf = (name: string) =>
    parameters.find((one) => one.in === 'path' && one.name === name)?.example ?? `no-example-of-${name}`
  const asked = parameters.filter((one) => one.in === 'query' && (one.required || one.example !== undefined))
  const query = asked.map(({ name, example }) => `${name}=${example ?? `no-example-of-${name}`}`).join('&')
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name) => exampleOf(name))
  return query === '' ? address : `${address}?${query}`
}

/** One for all: it compiles a schema once. */
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)

/** Whether a body is what the description says it must be. */
export function judgeOf(schema: Record<string, unknown>): (body: unknown) => boolean {
  return (given) => ajv.validate(schema, given)
}
