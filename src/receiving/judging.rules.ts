import { sayQuantity, type Quantity } from '../kernel/quantity.ts'
import { fresh, judge, subjectOf, type Counted, type Tally, type Told } from './counting.rules.ts'
import { inUnits } from './quantities.rules.ts'

/** A scan of which it is known what it is of: `times` is the quantity as it came, each of so many units. */
export type KnownScan = Counted & {
  /** Its place in the request. */
  at: number
  id: string
  times: Quantity
  units: Quantity
  /** Which field said what it is of. */
  by: 'code' | 'productId'
  /** Of a code that means no one product, why. */
  why: string | null
  scannedAt: Date
  device: string | null
}

export type Refused = { kind: 'refused'; at: number; id: string | null; field: string; message: string }

/** A scan that is kept already. */
export type Stored = Counted & { id: string; deliveryId: string | null; units: Quantity }

export type Accepted = { kind: 'accepted'; at: number; known: KnownScan; state: Told; tally: Tally }

export type Verdict = Accepted | { kind: 'repeated'; at: number; known: KnownScan; tally: Tally } | Refused

type Before = { tallies: ReadonlyMap<string, Tally>; stored: readonly Stored[]; deliveryId: string }

/** One after the other, as if each had come alone: what is wrong with one changes nothing about the others. */
export function judgeAll(scans: readonly KnownScan[], { tallies, stored, deliveryId }: Before): Verdict[] {
  const now = new Map(tallies)
  const seen = new Map(stored.map((one) => [one.id, one]))
  return scans.map((known): Verdict => {
    const subject = subjectOf(known)
    const tally = now.get(subject) ?? fresh
    const again = seen.get(known.id)
    if (again) return repeated(known, again, { tally, deliveryId })
    const judged = judge(known, tally)
    if ('wrong' in judged)
      return { kind: 'refused', at: known.at, id: known.id, field: 'quantity', message: judged.wrong }
    now.set(subject, judged.tally)
    seen.set(known.id, { ...known, deliveryId })
    return { kind: 'accepted', at: known.at, known, ...judged }
  })
}

/** The same id is the same scan; where it says something else, one of the two would be lost unseen. */
function repeated(
  known: KnownScan,
  stored: Stored,
  { tally, deliveryId }: { tally: Tally; deliveryId: string },
): Verdict {
  const { at, id } = known
  if (stored.deliveryId === deliveryId && isSame(known, stored)) return { kind: 'repeated', at, known, tally }
  const message = `is the id of another scan, of ${sayQuantity(stored.quantity)}: make a new one`
  return { kind: 'refused', at, id, field: 'id', message }
}

/** What a code means may have been taught in between; what was scanned stays. */
function isSame({ by, productId, code, condition, times }: KnownScan, stored: Stored): boolean {
  const isOfSame = by === 'code' ? stored.code === code : stored.productId === productId
  return isOfSame && stored.condition === condition && inUnits(times, stored.units) === stored.quantity
}
