import type { Head } from '../consignments/consignments.store.ts'
import { sayQuantity } from '../kernel/quantity.ts'
import { damaged, total, type Told } from './counting.rules.ts'
import type { Refused, Verdict } from './judging.rules.ts'

/** What became of each scan of a request, in its order. */
export function countsView(head: Head, results: readonly VerdictView[]) {
  return {
    consignment: { id: head.id, number: head.number, status: head.status, version: head.version },
    counts: {
      counted: results.filter(({ state }) => !isNothing(state)).length,
      repeated: results.filter(({ state }) => state === 'repeated').length,
      refused: results.filter(({ state }) => state === 'refused').length,
    },
    results: [...results],
  }
}

type Figures = 'code' | 'productId' | 'lineId' | 'quantity' | 'units' | 'expected' | 'counted' | 'damaged' | 'here'

/** What is not known is null: of a refused one all but what is wrong with it. */
export type VerdictView = {
  id: string | null
  state: Told | 'repeated' | 'refused'
  field: string | null
  message: string | null
} & { [Figure in Figures]: string | null }

/** One of them, with what its product adds up to now. */
export function verdictView(verdict: Verdict, lineIds: ReadonlyMap<string, string>): VerdictView {
  if (verdict.kind === 'refused') {
    const { id, message } = verdict
    return { ...nobody, id, state: 'refused', field: fieldOf(verdict), message }
  }
  const { known, tally } = verdict
  return {
    id: known.id,
    state: verdict.kind === 'repeated' ? 'repeated' : verdict.state,
    field: null,
    message: known.why,
    code: known.code,
    productId: known.productId,
    lineId: tally.lineId ?? lineIds.get(known.productId ?? '') ?? null,
    quantity: sayQuantity(known.quantity),
    units: sayQuantity(known.units),
    expected: known.productId === null ? null : sayQuantity(tally.expected),
    counted: sayQuantity(total(tally.counted)),
    damaged: sayQuantity(damaged(tally.counted)),
    here: sayQuantity(total(tally.here)),
  }
}

/** Which field of the request is meant. */
export function fieldOf({ at, field }: Pick<Refused, 'at' | 'field'>): string {
  return field === '' ? `scans.${at}` : `scans.${at}.${field}`
}

const nobody = {
  code: null,
  productId: null,
  lineId: null,
  quantity: null,
  units: null,
  expected: null,
  counted: null,
  damaged: null,
  here: null,
}

function isNothing(state: VerdictView['state']): boolean {
  return state === 'repeated' || state === 'refused'
}
