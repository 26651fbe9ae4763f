import type { Actor, Context } from '../context.ts'
import type { House } from '../house.ts'
import type { Limiter } from './limiter.ts'

export type Env = {
  Variables: {
    house: House
    limiter: Limiter
    correlationId: string
    actor: Actor
    /** The token or session that the caller came in with. */
    credential: string
    context: Context
  }
}
