export const filterTypes = ['brand', 'supplier', 'type', 'tag', 'product'] as const

export type FilterType = (typeof filterTypes)[number]
export type Filter = { type: FilterType; value: string }

/** As many values as a count in Lightspeed may have. */
export const mostFilters = 25

/** What a count is about: everything that has stock, or what the filters find. */
export type Scope = {
  isFull: boolean
  filters: readonly Filter[]
  includesInactive: boolean
  isBlind: boolean
  /** By how much a line may differ and still count as right. */
  tolerance: string
}

/** Nothing chosen yet: what was put into the document by hand is all of it. */
export const noScope: Scope = { isFull: false, filters: [], includesInactive: false, isBlind: false, tolerance: '0' }

/** Of one type any value will do, of several types each must hold; products that are named are in it whatever they are. */
export function valuesBy(filters: readonly Filter[]): Record<FilterType, string[]> {
  const of = (type: FilterType) => filters.flatMap((filter) => (filter.type === type ? [filter.value] : []))
  return { brand: of('brand'), supplier: of('supplier'), type: of('type'), tag: of('tag'), product: of('product') }
}
