import { sayDecimal } from '../kernel/decimal.ts'
import { quantityPlaces, sayQuantity, type Quantity } from '../kernel/quantity.ts'

export const warningCodes = [
  'nothing_packed',
  'line_not_packed',
  'over_planned',
  'not_planned',
  'stock_short',
  'box_empty',
  'weight_odd',
] as const
type WarningCode = (typeof warningCodes)[number]

/** Something that somebody should look at. Passed, it is kept; `key` tells it from others of its code. */
export type Warning = { key: string; code: WarningCode; message: string; lineId: string | null; boxId: string | null }

/** A line as it is about to leave. `available`: at the source without this document; undefined where nobody asks. */
export type PackedLine = {
  lineId: string
  name: string
  planned: Quantity
  packed: Quantity
  available?: bigint | undefined
}

type PackedBox = { id: string; number: number; hasItems: boolean; weighedGrams: number | null; computedGrams: number }

/** All that is odd about what is packed. Where nothing is in a box, what is planned leaves as it is. */
export function warningsOf(lines: readonly PackedLine[], boxes: readonly PackedBox[]): Warning[] {
  const isAsPlanned = lines.every(({ packed }) => packed === 0n)
  const leaving = isAsPlanned ? lines.map(asPlanned) : lines
  const nothing = warning('nothing_packed', { message: 'nothing is in a box: what is planned would go as it is' })
  return [
    ...(isAsPlanned ? [nothing] : []),
    ...leaving.flatMap((line) => lineWarnings(line).concat(notPacked(line), stockShort(line))),
    ...boxes.flatMap((box) => (isAsPlanned ? [] : boxWarnings(box))),
  ]
}

function asPlanned(line: PackedLine): PackedLine {
  return { ...line, packed: line.planned }
}

/** What is odd about a line whoever packs it, at once. */
export function lineWarnings({ lineId, name, planned, packed }: PackedLine): Warning[] {
  if (packed <= planned) return []
  if (planned === 0n)
    return [
      warning('not_planned', { lineId, message: `${name}: ${sayQuantity(packed)} packed, and nobody planned it` }),
    ]
  const message = `${name}: ${sayQuantity(packed)} packed, ${sayQuantity(planned)} planned`
  return [warning('over_planned', { lineId, message })]
}

/** Of these warnings, those that nobody has passed, by their code or their key. */
export function openOf(warnings: readonly Warning[], accepted: readonly string[]): Warning[] {
  const passed = new Set(accepted)
  return warnings.filter(({ key, code }) => !passed.has(key) && !passed.has(code))
}

/** How far the scales may be away from what is computed. */
const oddPercent = 20

/** Whether what was weighed is far from what the contents should weigh. */
function isOddWeight(weighedGrams: number, computedGrams: number): boolean {
  return Math.abs(weighedGrams - computedGrams) * 100 > oddPercent * computedGrams
}

function notPacked({ lineId, name, planned, packed }: PackedLine): Warning[] {
  if (planned === 0n || packed > 0n) return []
  return [warning('line_not_packed', { lineId, message: `${name}: ${sayQuantity(planned)} planned, none packed` })]
}

function stockShort({ lineId, name, packed, available }: PackedLine): Warning[] {
  if (available === undefined || packed === 0n || packed <= available) return []
  const there = sayDecimal(available, quantityPlaces)
  return [
    warning('stock_short', {
      lineId,
      message: `${name}: ${sayQuantity(packed)} packed, ${there} available at the source`,
    }),
  ]
}

function boxWarnings({ id: boxId, number, hasItems, weighedGrams, computedGrams }: PackedBox): Warning[] {
  if (!hasItems) return [warning('box_empty', { boxId, message: `box ${number} is empty` })]
  if (weighedGrams === null || !isOddWeight(weighedGrams, computedGrams)) return []
  const message = `box ${number} weighs ${weighedGrams} g; what is in it should weigh ${computedGrams} g`
  return [warning('weight_odd', { boxId, message })]
}

type About = { message: string; lineId?: string; boxId?: string }

function warning(code: WarningCode, { message, lineId, boxId }: About): Warning {
  const about = lineId ?? boxId
  return {
    key: about === undefined ? code : `${code}:${about}`,
    code,
    message,
    lineId: lineId ?? null,
    boxId: boxId ?? null,
  }
}
