import { z } from 'zod'
import { Refusal } from '../kernel/refusal.ts'

/** Where a page ended: the time to the microsecond, as PostgreSQL writes it, and the id. */
export type Place = { at: string; id: string }

const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/)
  .refine((at) => !Number.isNaN(Date.parse(at.slice(0, 19))))
const place = z.object({ at: time, id: z.uuid() })

export function cursorAt({ at, id }: Place): string {
  return Buffer.from(JSON.stringify({ at, id })).toString('base64url')
}

/** Throws a Refusal (422) for a cursor that no page gave. */
export function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const read = place.safeParse(parse(Buffer.from(cursor, 'base64url').toString()))
  if (read.success) return read.data
  throw new Refusal('not_valid', 'cursor_not_valid', 'after: give what a page said was `next`')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
