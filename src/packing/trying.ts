import { z } from 'zod'
import type { Target } from '../consignments/locked.actions.ts'

/** `?dryRun=true`, where there is no body to say it in. */
export const tried = z.object({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((given) => given === 'true')
    .describe('Only what would come of it'),
})

/** A document, whatever its version: what is packed is summed, and no edit of somebody else's is lost by it. */
export function targetOf(ref: string, dryRun: boolean): Target {
  return { ref, ifMatch: undefined, dryRun }
}
