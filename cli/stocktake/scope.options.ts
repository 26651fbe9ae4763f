import { filterTypes, type Filter, type FilterType } from '#src/stocktakes/scope.rules.ts'
import { flag, misuse, names, text } from '../options.ts'

/** What a count is about, as it is typed. */
export const scopeOptions = {
  full: flag('All that has stock there'),
  filter: names('<a=id,…>', `What it is about: ${filterTypes.join(', ')}, each with an id`),
  blind: flag('Who counts is not told what is expected'),
  inactive: flag('Also what is no longer sold'),
  tolerance: text('<n>', 'By how much a line may differ and still be right (0)'),
}

type Typed = {
  full: boolean
  filter: string[] | undefined
  blind: boolean
  inactive: boolean
  tolerance: string | undefined
}

/** The same as the API takes it; undefined where nothing was said. */
export function scopeOf({ full, filter, blind, inactive, tolerance }: Typed) {
  if (!full && filter === undefined && !blind && !inactive && tolerance === undefined) return undefined
  const said = { full, blind, includeInactive: inactive, filters: (filter ?? []).map(filterIn) }
  return { ...said, ...(tolerance === undefined ? {} : { tolerance }) }
}

function filterIn(given: string): Filter {
  const [, kind = '', value = ''] = /^([^=]*)=(.+)$/.exec(given) ?? []
  const type = filterTypes.find((one): one is FilterType => one === kind)
  if (type && value !== '') return { type, value }
  throw misuse(`--filter: give ${filterTypes.map((one) => `${one}=<id>`).join(' or ')}, not "${given}"`)
}
