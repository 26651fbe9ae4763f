/** Why a line came otherwise than expected. */
export const varianceReasons = [
  'short',
  'over',
  'damaged_in_transit',
  'damaged_in_store',
  'wrong_item',
  'expired',
] as const

export type VarianceReason = (typeof varianceReasons)[number]
