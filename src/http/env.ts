import type { Actor, Context } from '../context.ts'
import type { House } from '../house.ts'

export type Env = { Variables: { house: House; correlationId: string; actor: Actor; context: Context } }
