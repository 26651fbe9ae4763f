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
  /** What `result` tells when all is well. */
  tells: z.ZodType
  answer: (c: Context<Env>, given: object) => Promise<object>
}

type Spec<Wish, Told extends object> = {
  summary: string
  takes: z.ZodType<Wish>
  example: Record<string, unknown>
  tells: z.ZodType<Told>
  does: (c: Context<Env>, wish: Wish) => Promise<NoInfer<Told>>
}

export function deed<Wish, Told extends object>({ summary, takes, example, tells, does }: Spec<Wish, Told>): Deed {
  const parameters = { description: summary, ...z.toJSONSchema(takes, { io: 'input', unrepresentable: 'any' }) }
  return { summary, parameters, example, tells, answer: (c, given) => does(c, readParameters(takes, given)) }
}
