import type { Context } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { Refusal } from '../kernel/refusal.ts'

/** What a script sent, in the query or in the body (JSON, or a form). What stands in the query goes first. */
export async function parametersOf(c: Context<Env>): Promise<Record<string, unknown>> {
  return { ...(await bodyOf(c)), ...c.req.query() }
}

/** Of what was sent, what an action takes. Throws a Refusal (422) that names the field. */
export function readParameters<Wish>(schema: z.ZodType<Wish>, given: object): Wish {
  const read = schema.safeParse(given)
  if (read.success) return read.data
  const issues = read.error.issues.map((issue) => ({
    field: issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.map(String).join('.') || 'body',
    message: issue.message,
  }))
  const said = issues.map(({ field, message }) => `${field}: ${message}`).join('; ')
  throw new Refusal('not_valid', 'query_not_valid', `The request is not valid: ${said}`, { issues })
}

async function bodyOf(c: Context<Env>): Promise<object> {
  const type = c.req.header('content-type') ?? ''
  if (type.startsWith('multipart/form-data')) return formOf(c)
  const body = (await c.req.text()).trim()
  if (body === '') return {}
  // Many scripts send JSON under the name of a form: that is what curl says by itself.
  return /^[[{]/.test(body) || type.includes('json') ? objectIn(body) : Object.fromEntries(new URLSearchParams(body))
}

async function formOf(c: Context<Env>): Promise<object> {
  const form = await c.req.parseBody().catch(() => refuse('The form in the body is broken'))
  return Object.fromEntries(Object.entries(form).filter(([, value]) => typeof value === 'string'))
}

const anObject = z.record(z.string(), z.unknown())

function objectIn(json: string): object {
  try {
    const read: unknown = JSON.parse(json)
    return anObject.safeParse(read).data ?? refuse('The body must be a JSON object')
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable('The body is not readable as JSON')
  }
}

function refuse(message: string): never {
  throw unreadable(message)
}

function unreadable(message: string): Refusal {
  return new Refusal('unreadable', 'request_unreadable', message)
}

/** A switch, in the words that scripts have for it. */
export const flag = z.union([
  z.boolean(),
  z.enum(['true', '1', 'yes', '']).transform(() => true),
  z.enum(['false', '0', 'no']).transform(() => false),
])

/** A whole number, as a number or as text. */
export function wholeNumber([least, most]: [number, number]) {
  const digits = z.string().regex(/^\d{1,10}$/, `give a whole number from ${least} to ${most}`)
  return z.union([z.int(), digits.transform(Number)]).pipe(z.int().min(least).max(most))
}

/** Text; a number is taken for its digits. */
export function text(longest: number) {
  return z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1).max(longest))
}

/** Names parted by commas, or a list of them. */
export const names = z.union([
  z.array(z.string().max(100)).min(1).max(100),
  z
    .string()
    .max(2000)
    .transform((list) => list.split(',').map((name) => name.trim())),
])
