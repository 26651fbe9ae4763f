import { readDecimal, sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces } from '../kernel/quantity.ts'

/** What was asked of a line, as decimal text. */
export type Asked = { lineId: string; asked: string }

/** What somebody gives of a line. */
export type Given = { lineId: string; quantity: string; reason?: string | undefined }

export type Granted = { lineId: string; quantity: string; reason: string | null }

/**
 * What is agreed to of each line that was asked for: as it was given, else all of it. What is wrong comes with its field.
 * `isPart`: less than what was asked for.
 */
export function grantedOf(
  asked: readonly Asked[],
  given: readonly Given[],
): { lines: Granted[]; isPart: boolean; isNothing: boolean } | { field: string; wrong: string } {
  for (const [at, one] of given.entries()) {
    const line = asked.find(({ lineId }) => lineId === one.lineId)
    const field = `lines.${at}`
    if (!line) return { field: `${field}.lineId`, wrong: `nothing was asked of a line ${one.lineId}` }
    if (given.findIndex(({ lineId }) => lineId === one.lineId) !== at)
      return { field: `${field}.lineId`, wrong: `${one.lineId} is named twice` }
    if (amountOf(one.quantity) > amountOf(line.asked))
      return { field: `${field}.quantity`, wrong: `no more than the ${line.asked} that were asked for` }
  }
  const lines = asked.map(({ lineId, asked: wanted }) => {
    const one = given.find((other) => other.lineId === lineId)
    return {
      lineId,
      quantity: sayDecimal(amountOf(one?.quantity ?? wanted), quantityPlaces),
      reason: one?.reason ?? null,
    }
  })
  const isPart = lines.some(({ lineId, quantity }) => amountOf(quantity) < amountOf(askedOf(asked, lineId)))
  return { lines, isPart, isNothing: lines.every(({ quantity }) => quantity === '0') }
}

function askedOf(asked: readonly Asked[], wanted: string): string {
  return asked.find(({ lineId }) => lineId === wanted)?.asked ?? '0'
}

function amountOf(text: string): bigint {
  const amount = readDecimal(text, quantityPlaces)
  if (amount !== undefined) return amount
  throw new Error(`The database holds the quantity ${text}`)
}
