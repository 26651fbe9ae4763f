import { z } from 'zod'
import { snooze } from '../jobs/handler.ts'
import { Refusal } from '../kernel/refusal.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'

const afterTooManyMs = 30_000
const resting = z.object({ until: z.iso.datetime() })

/** Puts a job off while Lightspeed is left alone, and after too many requests. */
export function putOffIfResting(error: unknown) {
  if (error instanceof Refusal && error.code === 'lightspeed_resting')
    snooze(new Date(resting.parse(error.details).until))
  if (error instanceof LightspeedError && error.kind === 'rate_limited') snooze(new Date(Date.now() + afterTooManyMs))
}
