import { describeRoute, resolver } from 'hono-openapi'
import type { OpenAPIV3_1 } from 'openapi-types'
import { z } from 'zod'

/** What a door answers when all is well, by status: as JSON of a shape, or otherwise as it is said. */
export type Answers = Readonly<Record<number, z.ZodType | Response>>
/** Codes of its own "no", by status; what every door may refuse is known to the description. */
export type Refusals = Readonly<Record<number, readonly string[]>>

type Response = Exclude<Parameters<typeof describeRoute>[0]['responses'], undefined>[string]
type More = {
  isOpen?: boolean
  parameters?: OpenAPIV3_1.ParameterObject[]
  /** A body that no schema reads: files. */
  body?: OpenAPIV3_1.RequestBodyObject
}

/** Describes doors that stand under one heading. */
export function doorsOf(tag: string) {
  return (
    summary: string,
    answers: Answers,
    refusals: Refusals = {},
    { isOpen = false, parameters = [], body }: More = {},
  ) => {
    const welcomes = Object.entries(answers).map(([status, answer]) => [status, answerOf(status, answer)])
    const spec = { tags: [tag], summary, responses: Object.fromEntries(welcomes), 'x-refusals': refusals }
    const more = { ...(parameters.length > 0 ? { parameters } : {}), ...(body ? { requestBody: body } : {}) }
    return describeRoute({ ...spec, ...more, ...(isOpen ? { security: [] } : {}) })
  }
}

/** JSON of a shape, with headers that come along. */
export function told(
  schema: z.ZodType,
  description = 'Done',
  headers: Record<string, OpenAPIV3_1.HeaderObject> = {},
): Response {
  const content = { 'application/json': { schema: resolver(schema, { options: { io: 'output' } }) } }
  return { description, content, ...(Object.keys(headers).length > 0 ? { headers } : {}) }
}

/** The same of which the version is told. */
export function versioned(schema: z.ZodType): Response {
  const description = 'Its version: give it back as `If-Match` with an edit'
  return told(schema, 'Done', { ETag: { description, schema: { type: 'string' }, required: true } })
}

/** The same of an edit that can be tried: what would come of it has no version to give back. */
export function versionedUnlessTried(schema: z.ZodType): Response {
  const description = 'Its version, unless it was only tried: give it back as `If-Match` with an edit'
  return told(schema, 'Done; with `dryRun` what it would be', { ETag: { description, schema: { type: 'string' } } })
}

/** Server-sent events: of each the name, and which component of the description its data is. */
export function eventStream(description: string, events: Record<string, string>): Response {
  const shapes = Object.entries(events).map(([name, shape]) => [name, { $ref: `#/components/schemas/${shape}` }])
  const schema = { type: 'string', 'x-events': Object.fromEntries(shapes) } as const
  return { description, content: { 'text/event-stream': { schema } } }
}

/** An edit may say which version it means. */
export const ifMatch: OpenAPIV3_1.ParameterObject = {
  in: 'header',
  name: 'If-Match',
  description: 'The `ETag` of the version that is meant; another one is refused with 409',
  schema: { type: 'string' },
}

const words: Readonly<Record<string, string>> = {
  201: 'Made',
  202: 'Taken in, to be done',
  503: 'The same, where something is not well',
}

function answerOf(status: string, answer: z.ZodType | Response): Response {
  return answer instanceof z.ZodType ? told(answer, words[status]) : answer
}
