import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import type { OpenAPIV3_1 } from 'openapi-types'
import type { Env } from '../http/env.ts'
import { answerProblem } from '../http/problem.ts'
import { signedIn } from '../http/sign-in.ts'
import { Refusal } from '../kernel/refusal.ts'
import { deeds, isDeed, type DeedName } from './deeds.ts'
import { parametersOf } from './parameters.ts'

const path = '/api/sync'

/** One address for scripts written against the earlier system: each action asks what the routes of /api/v1 ask. */
export const compatRoutes = new Hono<Env>()
  .use(path, async (c, next) => (c.req.method === 'POST' ? next() : onlyPost()))
  .use(path, signedIn)
  .post(
    path,
    describeRoute({
      tags: ['scripts'],
      summary: 'Fourteen actions for scripts written against the earlier system; parameters in the query or the body',
      parameters: [
        { in: 'query', name: 'action', required: true, schema: { type: 'string', enum: Object.keys(deeds) } },
      ],
      requestBody: { content: { 'application/json': { schema: anyWish(), examples: examples() } } },
      responses: { 200: { description: 'Done', content: { 'application/json': { schema: answered() } } } },
    }),
    async (c) => {
      const { action, ...given } = await parametersOf(c)
      return c.json(await deeds[deedNamed(action)].answer(c, given))
    },
  )

function deedNamed(action: unknown): DeedName {
  if (isDeed(action)) return action
  const known = Object.keys(deeds)
  const wrong = action === undefined || action === '' ? 'is missing' : `there is no ${JSON.stringify(action)}`
  throw new Refusal('not_found', 'action_unknown', `action: ${wrong}. There are: ${known.join(', ')}`, { known })
}

function onlyPost(): Response {
  const detail = 'Ask by POST: POST /api/sync?action=…'
  const type = 'urn:consign:problem:method_not_allowed'
  const refused = answerProblem({ type, title: 'Not allowed', status: 405, detail, code: 'method_not_allowed' })
  refused.headers.set('allow', 'POST')
  return refused
}

function anyWish(): OpenAPIV3_1.SchemaObject {
  return { anyOf: Object.values(deeds).map(({ parameters }) => parameters) }
}

function examples(): Record<string, OpenAPIV3_1.ExampleObject> {
  return Object.fromEntries(
    Object.entries(deeds).map(([action, { summary, example }]) => [action, { summary, value: { action, ...example } }]),
  )
}

function answered(): OpenAPIV3_1.SchemaObject {
  return {
    type: 'object',
    required: ['success', 'timestamp'],
    properties: {
      success: { type: 'boolean' },
      result: { description: 'What came of it; only when it succeeded' },
      error: { $ref: '#/components/schemas/Problem' },
      timestamp: { type: 'string', format: 'date-time' },
    },
  }
}
