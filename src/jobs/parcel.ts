import { z } from 'zod'

/** What a job carries: its arguments, checked against its kind when it starts, and what caused it. */
export type Parcel<Args = unknown> = { args: Args; correlationId?: string | undefined }

const parcel = z.object({ args: z.unknown(), correlationId: z.string().optional() })

export function parcelIn(data: unknown): Parcel {
  const read = parcel.safeParse(data)
  return read.success ? read.data : { args: data }
}

/** Why arguments are not those of their kind. */
export function wordsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'payload'}: ${message}`).join('; ')
}
