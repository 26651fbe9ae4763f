import type { Quantity } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import { conditions, type Condition, type Sums } from './counting.rules.ts'

/** How much arrived in all, and of it how much in which condition; what is not said stays as it is. */
export type Correction = {
  received: Quantity
  damaged: { readonly [In in Exclude<Condition, 'good'>]?: Quantity | undefined }
}

/** What must be counted further so that it comes to this. Throws a Refusal (422) when more is damaged than arrived. */
export function correctionOf(
  counted: Sums,
  { received, damaged }: Correction,
): { condition: Condition; quantity: Quantity }[] {
  const bad = { ...counted, ...said(damaged) }
  const good = conditions.reduce((rest, condition) => (condition === 'good' ? rest : rest - bad[condition]), received)
  if (good < 0n) {
    const issues = [{ field: 'damaged', message: 'is more than what arrived' }]
    throw new Refusal('not_valid', 'count_not_valid', 'damaged: is more than what arrived', { issues })
  }
  const wanted: Sums = { ...bad, good }
  return conditions.flatMap((condition) => {
    const quantity = wanted[condition] - counted[condition]
    return quantity === 0n ? [] : [{ condition, quantity }]
  })
}

function said(damaged: Correction['damaged']): Partial<Sums> {
  const given = conditions.flatMap((condition) => {
    const quantity = condition === 'good' ? undefined : damaged[condition]
    return quantity === undefined ? [] : [[condition, quantity] as const]
  })
  return Object.fromEntries(given)
}
