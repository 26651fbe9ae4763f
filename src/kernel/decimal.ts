/** A decimal as a whole number of its last places: with two places 12.5 is 1250n. Never a float. */
export type Scaled = bigint

const plain = /^([+-]?)(\d+)(?:\.(\d+))?$/

/** Reads a plain decimal exactly; undefined for what is none (NaN, 1e3, 1,000) or has more places than there is room for. */
export function readDecimal(text: string, places: number): Scaled | undefined {
  const [, sign = '', whole = '', fraction = ''] = plain.exec(text) ?? []
  if (whole === '') return undefined
  const kept = fraction.slice(0, places).padEnd(places, '0')
  if (/[1-9]/.test(fraction.slice(places))) return undefined
  const size = BigInt(`${whole}${kept}`)
  return sign === '-' ? -size : size
}

/** As plain decimal text, with as few places as it needs, but not fewer than `least`. */
export function sayDecimal(value: Scaled, places: number, least = 0): string {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const fraction = digits.slice(digits.length - places)
  const needed = Math.max(fraction.replace(/0+$/, '').length, least)
  const sign = value < 0n ? '-' : ''
  return needed === 0 ? `${sign}${whole}` : `${sign}${whole}.${fraction.slice(0, needed)}`
}

/** Fewer places, halves away from zero: as people round, and as PostgreSQL rounds `numeric`. */
export function roundTo(value: Scaled, places: number, target: number): Scaled {
  const step = 10n ** BigInt(places - target)
  const half = value < 0n ? -step / 2n : step / 2n
  return (value + half) / step
}
