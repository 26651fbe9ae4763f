import type { Ground } from './ground.ts'
import type { Some } from './random.ts'

/** What a seeded consignment is, and which lines it has. */
export type Plan = {
  type: 'SUPPLIER' | 'OUTLET' | 'RETURN' | 'STOCKTAKE'
  status: string
  outlet: number
  source: number
  lines: number
  /** Half the index of the product of its first line; the following lines follow it. */
  start: number
  /** An old one that names its first product twice. */
  twice: boolean
}

/** Every type and status, so that the smallest shop shows them all: the ones changed last. */
const each = [
  ['SUPPLIER', 'OPEN'],
  ['OUTLET', 'SENT'],
  ['SUPPLIER', 'DISPATCHED'],
  ['SUPPLIER', 'RECEIVED'],
  ['OUTLET', 'CANCELLED'],
  ['STOCKTAKE', 'STOCKTAKE_SCHEDULED'],
  ['STOCKTAKE', 'STOCKTAKE_IN_PROGRESS'],
  ['STOCKTAKE', 'STOCKTAKE_IN_PROGRESS_PROCESSED'],
  ['STOCKTAKE', 'STOCKTAKE_COMPLETE'],
  ['STOCKTAKE', 'CLOSED'],
  ['RETURN', 'SENT'],
  ['OUTLET', 'RECEIVED'],
  ['OUTLET', 'OPEN'],
  ['SUPPLIER', 'SENT'],
  ['RETURN', 'OPEN'],
  ['RETURN', 'CANCELLED'],
  ['SUPPLIER', 'CANCELLED'],
  ['STOCKTAKE', 'CANCELLED'],
] as const

const done = [
  ['OUTLET', 'RECEIVED', 52],
  ['SUPPLIER', 'RECEIVED', 34],
  ['STOCKTAKE', 'STOCKTAKE_COMPLETE', 5],
  ['RETURN', 'SENT', 4],
  ['OUTLET', 'CANCELLED', 2],
  ['SUPPLIER', 'CANCELLED', 2],
  ['STOCKTAKE', 'CANCELLED', 1],
] as const

const underWay: Some<readonly [Plan['type'], string]> = [
  ['OUTLET', 'SENT'],
  ['SUPPLIER', 'SENT'],
  ['OUTLET', 'OPEN'],
  ['SUPPLIER', 'DISPATCHED'],
  ['SUPPLIER', 'OPEN'],
]

export function planOf(ground: Ground, index: number): Plan {
  const dice = ground.dice('consignments', index)
  const [type, status] = kindOf(ground, index)
  const { outlets, products } = ground.sizes
  const outlet = dice.below(outlets)
  const shelf = Math.max(1, Math.floor(products / 2))
  const most = { SUPPLIER: 24, OUTLET: 12, RETURN: 4, STOCKTAKE: 18 }[type]
  const empty = status === 'STOCKTAKE_SCHEDULED' || products < 2
  return {
    type,
    status,
    outlet,
    source: outlets > 1 ? (outlet + 1 + dice.below(outlets - 1)) % outlets : outlet,
    lines: empty ? 0 : Math.min(dice.between(1, most), shelf),
    start: dice.below(shelf),
    twice: status === 'RECEIVED' && index % 23 === 5,
  }
}

/** The thirteenth from the end is deleted, and some before it. */
export const isDeletedConsignment = ({ sizes }: Ground, index: number): boolean =>
  (sizes.consignments - 1 - index) % 53 === 12

function kindOf(ground: Ground, index: number): readonly [Plan['type'], string] {
  const fromEnd = ground.sizes.consignments - 1 - index
  const shown = each[fromEnd]
  if (shown) return shown
  const dice = ground.dice('consignments', index, 1)
  if (fromEnd < ground.sizes.consignments * 0.03) return dice.pick(underWay)
  let rest = dice.below(100)
  for (const [type, status, share] of done) {
    rest -= share
    if (rest < 0) return [type, status]
  }
  return ['OUTLET', 'RECEIVED']
}

/** Rows of lines of a consignment. */
export const lineCount = (plan: Plan): number => plan.lines + (plan.twice && plan.lines > 0 ? 1 : 0)

/** Where the lines of each consignment begin, and last their number. */
export function lineStarts(ground: Ground): Int32Array {
  const starts = new Int32Array(ground.sizes.consignments + 1)
  for (let index = 0; index < ground.sizes.consignments; index++) {
    starts[index + 1] = (starts[index] ?? 0) + lineCount(planOf(ground, index))
  }
  return starts
}
