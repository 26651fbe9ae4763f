import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { OpenAPIV3_1 } from 'openapi-types'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { told } from '../http/describing.ts'
import { methodNotAllowed } from '../http/problem.ts'
import { signedIn } from '../http/sign-in.ts'
import { Refusal } from '../kernel/refusal.ts'
import { deeds, isDeed, type DeedName } from './deeds.ts'
import { parametersOf } from './parameters.ts'

const path = '/api/sync'
const timestamp = z.string().meta({ format: 'date-time' })
const tellings = new Set(Object.values(deeds).map(({ tells }) => tells))
const succeeded = z.object({
  success: z.literal(true),
  result: z.union([...tellings]).describe('What came of it: see the action'),
  timestamp,
})
const failed = z.object({ success: z.literal(false), error: z.unknown().meta({ ref: 'Problem' }), timestamp })
const refusals = [400, 401, 403, 404, 405, 409, 413, 422, 429, 502, 503]

/** One address for scripts written against the earlier system: each action asks what the routes of /api/v1 ask. */
export const compatRoutes = new Hono<Env>()
  .use(path, async (c, next) => (c.req.method === 'POST' ? next() : onlyPost()))
  .use(path, signedIn)
  .post(path, describeRoute(spec()), async (c) => {
    const { action, ...given } = await parametersOf(c)
    return c.json(await deeds[deedNamed(action)].answer(c, given))
  })

function spec() {
  const refused = refusals.map((status) => [status, told(failed)] as const)
  return {
    tags: ['scripts'],
    summary: 'Fourteen actions for scripts written against the earlier system; parameters in the query or the body',
    parameters: [
      { in: 'query', name: 'action', required: true, schema: { type: 'string', enum: Object.keys(deeds) } } as const,
    ],
    requestBody: { content: { 'application/json': { schema: anyWish(), examples: examples() } } },
    responses: { 200: told(succeeded), ...Object.fromEntries(refused) },
    'x-actions': actions(),
  }
}

function deedNamed(action: unknown): DeedName {
  if (isDeed(action)) return action
  const known = Object.keys(deeds)
  const wrong = action === undefined || action === '' ? 'is missing' : `there is no ${JSON.stringify(action)}`
  throw new Refusal('not_found', 'action_unknown', `action: ${wrong}. There are: ${known.join(', ')}`, { known })
}

function onlyPost(): Response {
  return methodNotAllowed(['POST'], 'Ask by POST: POST /api/sync?action=…')
}

function anyWish(): OpenAPIV3_1.SchemaObject {
  return { anyOf: Object.values(deeds).map(({ parameters }) => parameters) }
}

function examples(): Record<string, OpenAPIV3_1.ExampleObject> {
  return Object.fromEntries(
    Object.entries(deeds).map(([action, { summary, example }]) => [action, { summary, value: { action, ...example } }]),
  )
}

/** Of each action what it takes and what its `result` is, for who reads the description. */
function actions(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(deeds).map(([action, { summary, parameters, example, tells }]) => {
      const result = z.toJSONSchema(tells, { io: 'output', unrepresentable: 'any' })
      return [action, { summary, parameters, example: { action, ...example }, result }]
    }),
  )
}
