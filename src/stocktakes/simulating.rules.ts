import { varianceOf, type Finding } from './variance.rules.ts'

/** What posting does to one product: its stock is put right by so much. Products without a line here stay untouched. */
export type Adjustment = { lineId: string; productId: string; quantity: bigint }

/** Only what was counted, or said to be gone, and differs; in the order of the products. */
export function adjustmentsOf(findings: readonly Finding[]): Adjustment[] {
  return findings
    .flatMap((finding) => {
      const quantity = varianceOf(finding)
      return quantity === 0n ? [] : [{ lineId: finding.lineId, productId: finding.productId, quantity }]
    })
    .toSorted((a, b) => (a.productId < b.productId ? -1 : 1))
}

/**
 * All that posting rests on, as a text of which the digest is made: of each product of the frozen set what was found, when,
 * what was on hand then, and what follows. What is sold meanwhile changes none of it.
 */
export function groundsOf(findings: readonly Finding[]): string {
  return findings
    .map(({ productId, basis, counted, at, expected }) =>
      [productId, basis, counted ?? '', at?.toISOString() ?? '', expected].join(' '),
    )
    .toSorted()
    .join('\n')
}
