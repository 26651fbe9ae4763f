import { sayQuantity } from '../kernel/quantity.ts'
import { plain, quantityIn } from './quantities.rules.ts'

type Line = { product_id: string; origin: string; expected: string; counted: string | null }
type Code = { code: string; counted: string }

export type Warning = { code: string; productId: string | null; scanned: string | null; difference: string }

const most = 500

/** What somebody should look at when a delivery ends; it blocks nothing, and is kept in the history. */
export function warningsOf(lines: readonly Line[], codes: readonly Code[], { isLast }: { isLast: boolean }): Warning[] {
  const ofLines = lines.flatMap((line): Warning[] => {
    const difference = quantityIn(line.counted ?? '0') - quantityIn(line.expected)
    const code = codeOf(line, difference, isLast)
    return code === undefined
      ? []
      : [{ code, productId: line.product_id, scanned: null, difference: sayQuantity(difference) }]
  })
  const unknown = codes.map(({ code, counted }) => ({
    code: 'unknown_code',
    productId: null,
    scanned: code,
    difference: plain(counted),
  }))
  return [...unknown, ...ofLines].slice(0, most)
}

function codeOf({ origin, counted }: Line, difference: bigint, isLast: boolean): string | undefined {
  if (origin === 'unexpected') return difference > 0n ? 'not_on_order' : undefined
  if (difference > 0n) return 'over'
  if (!isLast || difference === 0n) return undefined
  return counted === null ? 'not_counted' : 'short'
}
