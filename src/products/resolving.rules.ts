import { readQuantity, sayQuantity } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Barcode } from './barcode.rules.ts'

type Candidate = { product_id: string; is_active: boolean; how: 'sku' | 'code' }

/** What is known about a scanned code: what was taught, and which products have it, or the item in the case. */
type Known = {
  taught: { product_id: string; units: string } | undefined
  itself: readonly Candidate[]
  inside: readonly Candidate[]
}

type How = 'taught' | 'sku' | 'code'

type Resolved = { productId: string; units: string; how: How }

/**
 * One product and how many of it, or a Refusal: `code_ambiguous` (409) or `code_unknown` (404) with what was read. What
 * a person taught comes first, then products that are still sold, then those that are not.
 */
export function resolve(barcode: Barcode, { taught, itself, inside }: Known): Resolved {
  if (taught) return { productId: taught.product_id, units: times(taught.units, barcode), how: 'taught' }
  const sold = itself.filter(({ is_active: isActive }) => isActive)
  const candidates = sold.length > 0 ? sold : itself
  const [only, ...others] = candidates
  if (only && others.length === 0) return { productId: only.product_id, units: times('1', barcode), how: only.how }
  const read = readingOf(barcode)
  if (only) {
    const message = `${barcode.text} belongs to ${candidates.length} products: choose one, or teach which it is`
    throw new Refusal('conflict', 'code_ambiguous', message, { candidates: idsOf(candidates), read })
  }
  throw new Refusal('not_found', 'code_unknown', whyUnknown(barcode, inside), { read, inside: idsOf(inside) })
}

/** What a label said, for who has to find out what it is. */
export function readingOf({ text, gtin, elements, count, sscc, weightKg, wrong }: Barcode) {
  return { text, gtin, elements, count, sscc, weightKg, wrong }
}

function idsOf(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ product_id: productId }) => productId)
}

function whyUnknown({ text, gtin, sscc, wrong }: Barcode, inside: readonly Candidate[]): string {
  const shown = text.replaceAll('\u001D', ' ')
  if (wrong !== null) return `${shown} cannot be read: ${wrong}`
  if (inside.length > 0) return `${shown} is a case: teach how many are in it`
  if (gtin === null && sscc !== null)
    return `${shown} is the number of a pallet or carton, and says nothing of its goods`
  if (gtin === null && /^(\d{8}|\d{12,14})$/.test(text))
    return `No product has the code ${shown}; its check digit does not fit`
  return `No product has the code ${shown}`
}

function times(units: string, { count }: Barcode): string {
  const read = readQuantity(units)
  if (!('quantity' in read)) throw new Error(`Taught units that are no quantity: ${units}`)
  const product = sayQuantity(read.quantity * BigInt(count ?? 1))
  const checked = readQuantity(product)
  if ('wrong' in checked)
    throw new Refusal('not_valid', 'units_too_many', `The label says ${product}: ${checked.wrong}`)
  return product
}
