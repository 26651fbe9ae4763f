import { lineTotal, type Cents, type UnitCost } from '../kernel/money.ts'
import type { Quantity } from '../kernel/quantity.ts'

/** Whence the number of a line comes: counted, counted a second time, said to be none, or left as it is. */
export type Basis = 'counted' | 'recounted' | 'zero' | 'leave'

/** Of a line what was found and when, and what was on hand then. */
export type Finding = {
  lineId: string
  productId: string
  basis: Basis
  /** Null where it is left. */
  counted: Quantity | null
  at: Date | null
  expected: Quantity
  /** What changed between the first and the last count of the line: until somebody looks again, it may be that. */
  movedMeanwhile: Quantity
  unitCost: UnitCost | null
}

/** By how much a line is put right: what was counted less what was on hand then, whatever happened since. */
export function varianceOf({ basis, counted, expected }: Finding): Quantity {
  return basis === 'leave' || counted === null ? 0n : counted - expected
}

/** In cents; null where nobody knows what it costs. */
export function costOf(finding: Finding): Cents | null {
  const { unitCost } = finding
  const variance = varianceOf(finding)
  if (unitCost === null) return null
  return variance < 0n ? -lineTotal(-variance, unitCost) : lineTotal(variance, unitCost)
}

/** Of what was expected, in tenths of a per cent; null where nothing was. */
export function tenthsOfPercent(finding: Finding): number | null {
  const { expected } = finding
  if (expected === 0n) return null
  const size = expected < 0n ? -expected : expected
  return Number((varianceOf(finding) * 1000n) / size)
}

export type Sums = {
  lines: number
  counted: number
  differing: number
  left: number
  gain: { quantity: Quantity; cost: Cents }
  loss: { quantity: Quantity; cost: Cents }
  net: { quantity: Quantity; cost: Cents }
  /** Gains and losses together: they do not hide each other. */
  gross: Cents
  /** Lines within tolerance of those that were counted, in tenths of a per cent. */
  accuracy: number | null
}

export function sumsOf(findings: readonly Finding[], tolerance: Quantity): Sums {
  const looked = findings.filter(({ basis }) => basis !== 'leave')
  const within = looked.filter((finding) => sizeOf(varianceOf(finding)) <= tolerance)
  const gain = sumOf(looked.filter((finding) => varianceOf(finding) > 0n))
  const loss = sumOf(looked.filter((finding) => varianceOf(finding) < 0n))
  return {
    lines: findings.length,
    counted: looked.length,
    differing: looked.filter((finding) => varianceOf(finding) !== 0n).length,
    left: findings.length - looked.length,
    gain,
    loss,
    net: { quantity: gain.quantity + loss.quantity, cost: gain.cost + loss.cost },
    gross: gain.cost - loss.cost,
    accuracy: looked.length === 0 ? null : Math.floor((within.length * 1000) / looked.length),
  }
}

/** The dearest differences first. */
export function byValue(a: Finding, b: Finding): number {
  const [dearA, dearB] = [sizeOf(costOf(a) ?? 0n), sizeOf(costOf(b) ?? 0n)]
  if (dearA !== dearB) return dearA > dearB ? -1 : 1
  const [manyA, manyB] = [sizeOf(varianceOf(a)), sizeOf(varianceOf(b))]
  if (manyA !== manyB) return manyA > manyB ? -1 : 1
  return a.productId < b.productId ? -1 : 1
}

function sumOf(findings: readonly Finding[]) {
  return {
    quantity: findings.reduce((sum, finding) => sum + varianceOf(finding), 0n),
    cost: findings.reduce((sum, finding) => sum + (costOf(finding) ?? 0n), 0n),
  }
}

function sizeOf(value: bigint): bigint {
  return value < 0n ? -value : value
}
