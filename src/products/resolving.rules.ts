import { readQuantity, sayQuantity } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Barcode } from './barcode.rules.ts'

/** Where a code leads in the mirror, or by what was taught (then with units); `is_inside`: to the single item of a case. */
type Candidate = {
  place: number
  product_id: string
  is_active: boolean
  how: 'taught' | 'sku' | 'code'
  units: string | null
  is_inside: boolean
}

/** One product and how many of it, as a decimal. */
type Meant = { kind: 'product'; productId: string; units: string; how: Candidate['how'] }

/**
 * What a code means; or why it means no one product, worded as a door would refuse it: `code_ambiguous` (409, with the
 * candidates), `code_unknown` (404, with what was read), `units_too_many` (422).
 */
export type Resolution =
  | Meant
  | { kind: 'ambiguous'; candidates: string[]; refusal: Refusal }
  | { kind: 'unknown' | 'too_many'; refusal: Refusal }

/** What a person taught comes first, then products that are still sold, then those that are not. */
export function resolve(barcode: Barcode, known: readonly Candidate[]): Resolution {
  const [taught] = known.filter(({ how }) => how === 'taught').toSorted((one, other) => one.place - other.place)
  if (taught) return counted(barcode, taught)
  const itself = known.filter(({ is_inside: isInside }) => !isInside)
  const sold = itself.filter(({ is_active: isActive }) => isActive)
  const candidates = sold.length > 0 ? sold : itself
  const [only, ...others] = candidates
  if (only && others.length === 0) return counted(barcode, only)
  const read = readingOf(barcode)
  if (only) {
    const message = `${barcode.text} belongs to ${candidates.length} products: choose one, or teach which it is`
    const details = { candidates: idsOf(candidates), read }
    const refusal = new Refusal('conflict', 'code_ambiguous', message, details)
    return { kind: 'ambiguous', candidates: details.candidates, refusal }
  }
  const inside = idsOf(known.filter(({ is_inside: isInside }) => isInside))
  const why = whyUnknown(barcode, inside)
  return { kind: 'unknown', refusal: new Refusal('not_found', 'code_unknown', why, { read, inside }) }
}

/** What a label said, for who has to find out what it is. */
export function readingOf({ text, gtin, elements, count, sscc, weightKg, wrong }: Barcode) {
  return { text, gtin, elements, count, sscc, weightKg, wrong }
}

function idsOf(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ product_id: productId }) => productId)
}

function whyUnknown({ text, gtin, sscc, wrong }: Barcode, inside: readonly string[]): string {
  const shown = text.replaceAll('\u001D', ' ')
  if (wrong !== null) return `${shown} cannot be read: ${wrong}`
  if (inside.length > 0) return `${shown} is a case: teach how many are in it`
  if (gtin === null && sscc !== null)
    return `${shown} is the number of a pallet or carton, and says nothing of its goods`
  if (gtin === null && /^(\d{8}|\d{12,14})$/.test(text))
    return `No product has the code ${shown}; its check digit does not fit`
  return `No product has the code ${shown}`
}

function counted({ count }: Barcode, { product_id: productId, how, units }: Candidate): Resolution {
  const read = readQuantity(units ?? '1')
  if (!('quantity' in read)) throw new Error(`Taught units that are no quantity: ${units}`)
  const product = sayQuantity(read.quantity * BigInt(count ?? 1))
  const checked = readQuantity(product)
  if (!('wrong' in checked)) return { kind: 'product', productId, units: product, how }
  const message = `The label says ${product}: ${checked.wrong}`
  return { kind: 'too_many', refusal: new Refusal('not_valid', 'units_too_many', message) }
}
