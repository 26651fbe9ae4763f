import { z } from 'zod'

/** How the jobs of a kind are treated. What is not said here is in `usual`. */
export type KindSettings<Args = object> = {
  args: z.ZodType<Args>
  /** Times it is tried before it goes to the dead letters. */
  attempts?: number
  /** Longest that one attempt may take. */
  timeoutSeconds?: number
  /** Short jobs of a kind that comes in floods are claimed so many at once, and done one after the other. */
  bundle?: number
  /** How long a finished job can still be looked at. */
  keepDays?: number
  /** It writes where it cannot be taken back (Lightspeed): capped while the health is amber, stopped while it is red. */
  isRisky?: boolean
}

const usual = { attempts: 3, timeoutSeconds: 15 * 60, bundle: 1, keepDays: 30, isRisky: false } as const

const table = {
  'mirror.sync': {
    args: z.strictObject({ entities: z.array(z.string()).min(1), how: z.enum(['by_pace', 'soon']).optional() }),
    keepDays: 1,
  },
  'mirror.reconcile': { args: z.strictObject({ id: z.uuid().optional() }), timeoutSeconds: 6 * 3600 },
  'mirror.prune': { args: z.strictObject({}) },
  'lightspeed.prune': { args: z.strictObject({}) },
  'lightspeed.push': {
    args: z.strictObject({ consignmentId: z.uuid() }),
    attempts: 12,
    timeoutSeconds: 10 * 60,
    isRisky: true,
  },
  'lightspeed.observe': {
    args: z.strictObject({ consignmentId: z.uuid(), version: z.int() }),
    attempts: 6,
    timeoutSeconds: 5 * 60,
    keepDays: 7,
  },
  'lightspeed.watch': { args: z.strictObject({}), timeoutSeconds: 60, keepDays: 1 },
  'lightspeed.take-in': { args: z.strictObject({}), keepDays: 1 },
  'lightspeed.write': {
    args: z.strictObject({ writeId: z.uuid() }),
    attempts: 12,
    timeoutSeconds: 10 * 60,
    isRisky: true,
  },
  'webhooks.process': {
    args: z.strictObject({ eventId: z.string().regex(/^\d+$/) }),
    timeoutSeconds: 60,
    bundle: 20,
    keepDays: 7,
  },
  'consignments.send-packaged': { args: z.strictObject({}), keepDays: 1 },
  'consignments.pick-up': { args: z.strictObject({ consignmentId: z.uuid() }), timeoutSeconds: 60 },
  'consignments.archive': { args: z.strictObject({}), timeoutSeconds: 3600 },
  'stocktakes.daily-lists': { args: z.strictObject({}), keepDays: 7 },
  'approvals.keep': { args: z.strictObject({}), keepDays: 1 },
  'webhooks.prune': { args: z.strictObject({}) },
  'ops.watch': { args: z.strictObject({}), attempts: 1, timeoutSeconds: 50, keepDays: 1 },
  'ops.hand-over': {
    args: z.strictObject({ alertId: z.string().regex(/^\d+$/), event: z.enum(['opened', 'resolved']), to: z.string() }),
    attempts: 15,
    timeoutSeconds: 30,
  },
  'ops.prune': { args: z.strictObject({}) },
  'evidence.prune': { args: z.strictObject({}), timeoutSeconds: 3600 },
  'audit.verify': { args: z.strictObject({}), timeoutSeconds: 3600 },
} as const satisfies Record<string, KindSettings>

export type JobKind = keyof typeof table

export type JobArgs = { [Kind in JobKind]: z.infer<(typeof table)[Kind]['args']> }

/** Every kind of job with the form of its arguments. A kind that no handler does, does not compile (handlers.ts). */
export const kinds: { [Kind in JobKind]: KindSettings<JobArgs[Kind]> } = table

export const kindNames: readonly JobKind[] = Object.keys(kinds).filter(isKind)

export function isKind(name: string): name is JobKind {
  return Object.hasOwn(kinds, name)
}

/** The treatment of a kind, with what it leaves unsaid. */
export function settingsOf(kind: JobKind): Required<Omit<KindSettings, 'args'>> {
  return { ...usual, ...kinds[kind] }
}
