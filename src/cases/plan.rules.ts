import type { Quantity } from '../kernel/quantity.ts'
import { isMissing } from './outcomes.rules.ts'
import type { Kind, Variance } from './variance.rules.ts'

export type Settlement = (typeof settlements)[number]

/** How somebody settled it; `cancelled` and `withdrawn` are set by Consign: no longer wanted, and counted otherwise. */
export type Outcome = Settlement | 'cancelled' | 'withdrawn'

/** What people choose from. */
export const settlements = ['credit', 'reship', 'write_off', 'found'] as const

export type Existing = { id: string; lineId: string; kind: Kind; quantity: Quantity; isOpen: boolean }

/** How the cases of a document become what its lines differ by. */
export type Plan = {
  open: Variance[]
  change: { id: string; quantity: Quantity }[]
  close: { id: string; outcome: Outcome }[]
}

/**
 * What is settled stays as it is. Of each line and kind one open case holds the rest: it is opened, changed, or closed when
 * nothing is left. A count that was corrected after a settlement opens a case over the difference, so that nothing is
 * settled twice or forgotten.
 */
export function planOf(cases: readonly Existing[], variances: readonly Variance[]): Plan {
  const plan: Plan = { open: [], change: [], close: [] }
  const places = new Map<string, Place>()
  const placeOf = ({ lineId, kind }: Pick<Variance, 'lineId' | 'kind'>) => {
    const key = `${lineId} ${kind}`
    const place = places.get(key) ?? { lineId, kind, rest: 0n, open: undefined }
    places.set(key, place)
    return place
  }
  for (const variance of variances) placeOf(variance).rest += variance.quantity
  for (const one of cases) {
    if (one.isOpen) placeOf(one).open = one
    else placeOf(one).rest -= one.quantity
  }
  for (const place of places.values()) add(plan, place)
  return plan
}

type Place = { lineId: string; kind: Kind; rest: Quantity; open: Existing | undefined }

function add(plan: Plan, { lineId, kind, rest, open }: Place) {
  if (!open) {
    if (rest !== 0n) plan.open.push({ lineId, kind, quantity: rest })
  } else if (rest === 0n) plan.close.push({ id: open.id, outcome: isMissing(kind) ? 'found' : 'withdrawn' })
  else if (rest !== open.quantity) plan.change.push({ id: open.id, quantity: rest })
}
