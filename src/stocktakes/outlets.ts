import { Refusal } from '../kernel/refusal.ts'

/** A Refusal (404) for an outlet that the mirror does not hold. */
export function unknownOutlet(outletId: string): Refusal {
  return new Refusal('not_found', 'outlet_unknown', `There is no outlet ${outletId} in the mirror`, { outletId })
}
