import { Refusal } from '../kernel/refusal.ts'
import { mostPixels } from './photos.rules.ts'

export const damaged = 'the picture is cut off or damaged'
export const tooManyPixels = `it has more than ${mostPixels / 1_000_000} million pixels`

/** A Refusal (422) about the body of an upload. */
export function noPhoto(message: string): Refusal {
  return new Refusal('not_valid', 'evidence_not_valid', `body: ${message}`, { issues: [{ field: 'body', message }] })
}
