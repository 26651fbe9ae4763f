import type { Db } from '../db/database.ts'
import { codesToFind, readBarcode, type Barcode } from './barcode.rules.ts'
import { listHits, type Asked } from './codes.store.ts'
import { resolve, type Resolution } from './resolving.rules.ts'

/**
 * What each of these codes means, as it was given: a product and how many, or why it is none. One statement, however many
 * they are. For acts whose own right the caller has asked for.
 */
export async function resolveCodes(db: Db, codes: readonly string[]): Promise<Map<string, Resolution>> {
  const distinct = [...new Set(codes)]
  const barcodes = distinct.map(readBarcode)
  const hits = Map.groupBy(await listHits(db, barcodes.flatMap(askedFor)), ({ at }) => at)
  return new Map(barcodes.map((barcode, at) => [distinct[at] ?? '', resolve(barcode, hits.get(at) ?? [])]))
}

function askedFor(barcode: Barcode, at: number): Asked[] {
  const { itself, inside } = codesToFind(barcode)
  return [
    ...itself.map((code, place) => ({ at, place, code, isInside: false })),
    ...inside.map((code, place) => ({ at, place, code, isInside: true })),
  ]
}
