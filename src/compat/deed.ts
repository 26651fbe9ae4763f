import type { Context } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { readParameters } from './parameters.ts'

/** One action of `POST /api/sync`: what it takes, and which of our own actions it asks. */
export type Deed = {
  summary: string
  /** JSON Schema of its parameters. */
  parameters: object
  /** Its parameters as a script would send them. */
  example: Record<string, unknown>
  answer: (c: Context<Env>, given: object) => Promise<object>
}

type Spec<Wish> = {
  summary: string
  takes: z.ZodType<Wish>
  example: Record<string, unknown>
  does: (c: Context<Env>, wish: Wish) => Promise<object>
}

export function deed<Wish>({ summary, takes, example, does }: Spec<Wish>): Deed {
  const parameters = { description: summary, ...z.toJSONSchema(takes, { io: 'input', unrepresentable: 'any' }) }
  return { summary, parameters, example, answer: (c, given) => does(c, readParameters(takes, given)) }
}
