import type { Context } from '../context.ts'
import type { Lightspeed } from '../lightspeed/client.ts'

/** What one push works with. */
export type Pushing = { context: Context; client: Lightspeed; signal: AbortSignal }
