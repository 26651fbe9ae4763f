import { holdsAt, mustAt, type Actor } from '../context.ts'
import type { Right } from '../people/rights.rules.ts'
import { placesFor, type Placed } from './permission.rules.ts'

/** Whether somebody has a right where this document is. */
export function holdsFor(actor: Actor, right: Right, document: Placed): boolean {
  return holdsAt(actor, right, placesFor(right, document))
}

/** Throws a Refusal (403) that names the right, and where it is missing. */
export function mustFor(actor: Actor, right: Right, document: Placed) {
  mustAt(actor, right, placesFor(right, document))
}
