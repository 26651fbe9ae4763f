import { Refusal } from '../kernel/refusal.ts'
import type { Quantity } from '../kernel/quantity.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'
import type { Settlement } from './plan.rules.ts'

/** A case as far as its outcome asks. */
export type Settled = { kind: string; quantity: Quantity; number: string }

/** Something did not come. */
export function isMissing(kind: string): boolean {
  return kind === 'short' || kind === 'lost'
}

/** Something came broken: whoever claims for it shows a photo. */
export function isDamaged(kind: string): boolean {
  return kind === 'damaged_in_transit' || kind === 'damaged_in_store'
}

/** Throws a Refusal (422) for an outcome that says nothing of such a case. */
export function mustFitOutcome({ kind, quantity, number }: Settled, outcome: Settlement) {
  if (outcome === 'found' && !isMissing(kind))
    throw notFitting(`nothing of it is missing (${kind}), so nothing of it is found`, number)
  if (outcome === 'reship' && quantity > 0n)
    throw notFitting(`too much came (${kind}), so nothing is sent again`, number)
}

/** How much of the case is settled, of the case's own sign. Throws a Refusal (422) for more than there is. */
export function partOf({ quantity }: Settled, wished: Quantity | undefined): Quantity {
  const whole = quantity < 0n ? -quantity : quantity
  const part = wished ?? whole
  if (part > 0n && part <= whole) return quantity < 0n ? -part : part
  const message = `quantity: the case is about ${sayDecimal(whole, quantityPlaces)}; give more than 0, and no more than that`
  throw new Refusal('not_valid', 'case_not_valid', message, { issues: [{ field: 'quantity', message }] })
}

/** Writing goods off says why. Throws a Refusal (422). */
export function mustSayWhy({ number }: Settled, outcome: Settlement, note: string | undefined) {
  if (outcome !== 'write_off' || note !== undefined) return
  const issues = [{ field: 'note', message: 'say why' }]
  throw new Refusal('not_valid', 'reason_missing', `note: say why this case of ${number} is written off`, { issues })
}

function notFitting(why: string, number: string): Refusal {
  return new Refusal('not_lawful', 'outcome_not_fitting', `This case of ${number}: ${why}`)
}
