import { listProducts } from '../consignments/catalogue.store.ts'
import { productsIn } from '../consignments/lines.store.ts'
import type { Db } from '../db/database.ts'
import { sayQuantity, type Quantity } from '../kernel/quantity.ts'
import { resolveCodes } from '../products/resolving.actions.ts'
import type { Resolution } from '../products/resolving.rules.ts'
import { listAssigned } from './codes.store.ts'
import type { KnownScan, Refused } from './judging.rules.ts'
import { inUnits, one, quantityIn } from './quantities.rules.ts'
import type { ReadScan, Scan } from './scans.fields.ts'

export type Resolved = { known: KnownScan[]; refused: Refused[] }

/** What the scans are of. Read outside of any lock: the catalogue does not wait for those who count. */
export async function resolveScans(db: Db, consignmentId: string, reads: readonly ReadScan[]): Promise<Resolved> {
  const scans = reads.flatMap((read) => ('scan' in read ? [read.scan] : []))
  const codes = scans.flatMap(({ code, productId }) => (productId === undefined && code !== undefined ? [code] : []))
  const meanings = await meaningsOf(db, consignmentId, codes)
  const products = await productsOf(db, scans)
  const now = new Date()
  const known: KnownScan[] = []
  const refused: Refused[] = []
  for (const [at, read] of reads.entries()) {
    if (!('scan' in read)) {
      refused.push({ kind: 'refused', at, ...read })
      continue
    }
    const { scan } = read
    const told = ofWhat(scan, meanings, products)
    if ('message' in told) refused.push({ kind: 'refused', at, id: scan.id, ...told })
    else known.push({ at, id: scan.id, scannedAt: scan.at ?? now, device: scan.device ?? null, ...told })
  }
  return { known, refused }
}

/** `why`: why a code means no product, which is then counted as a code; `wrong`: why it means nothing that can be counted. */
type Meaning = { productId: string; units: Quantity } | { why: string } | { wrong: string }

/** What codes mean: as the catalogue has it, of several products one that is expected, else as somebody said for this document. */
export async function meaningsOf(
  db: Db,
  consignmentId: string,
  codes: readonly string[],
): Promise<Map<string, Meaning>> {
  if (codes.length === 0) return new Map()
  const resolved = await resolveCodes(db, codes)
  const several = [...resolved.values()].flatMap((meant) => (meant.kind === 'ambiguous' ? meant.candidates : []))
  const expected = several.length === 0 ? [] : await productsIn(db, consignmentId, several)
  const meanings = new Map([...resolved].map(([code, meant]) => [code, meaningOf(meant, expected)]))
  const rest = [...meanings].flatMap(([code, meant]) => ('why' in meant ? [code] : []))
  const assigned = rest.length === 0 ? [] : await listAssigned(db, consignmentId, rest)
  for (const { code, product_id: productId, units } of assigned)
    meanings.set(code, { productId, units: quantityIn(units) })
  return meanings
}

function meaningOf(meant: Resolution, expected: readonly string[]): Meaning {
  if (meant.kind === 'product') return { productId: meant.productId, units: quantityIn(meant.units) }
  if (meant.kind === 'too_many') return { wrong: meant.refusal.message }
  const candidates = meant.kind === 'ambiguous' ? meant.candidates : []
  const [productId, ...others] = candidates.filter((candidate) => expected.includes(candidate))
  return productId === undefined || others.length > 0 ? { why: meant.refusal.message } : { productId, units: one }
}

async function productsOf(db: Db, scans: readonly Scan[]) {
  const ids = new Set(scans.flatMap(({ productId }) => productId ?? []))
  return new Set(ids.size === 0 ? [] : (await listProducts(db, [...ids])).map(({ id }) => id))
}

type OfWhat = Omit<KnownScan, 'at' | 'id' | 'scannedAt' | 'device'>
type Wrong = { field: string; message: string }

function ofWhat(scan: Scan, meanings: ReadonlyMap<string, Meaning>, products: ReadonlySet<string>): OfWhat | Wrong {
  const { productId, code = null, quantity, condition } = scan
  if (productId !== undefined) {
    if (!products.has(productId))
      return { field: 'productId', message: `there is no product ${productId} in the mirror` }
    return { productId, code, quantity, times: quantity, units: one, condition, by: 'productId', why: null }
  }
  const meant = meanings.get(code ?? '') ?? { why: 'nobody knows it' }
  if ('wrong' in meant) return { field: 'code', message: meant.wrong }
  const asCode = { productId: null, code, quantity, times: quantity, units: one, condition, by: 'code' as const }
  if ('why' in meant) return { ...asCode, why: meant.why }
  const { units } = meant
  const inAll = inUnits(quantity, units)
  if (inAll === undefined)
    return { field: 'quantity', message: `times ${sayQuantity(units)} it has more than 5 places` }
  return { ...asCode, productId: meant.productId, quantity: inAll, units, why: null }
}
