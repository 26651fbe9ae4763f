import { types, type Type } from '#src/consignments/lifecycle.rules.ts'
import { misuse, text } from '../options.ts'
import { oneOf } from '../query.ts'

/** What a tier says, as it is typed. */
export const tierOptions = {
  'up-to': text('<amount>', 'Up to this total without tax, or "none" for no limit'),
  role: text('<role>', 'Who approves it, such as store_manager'),
  outlet: text('<id>', 'Only for this outlet; "-" for all'),
  supplier: text('<id>', 'Only for this supplier; "-" for all'),
}

type Given = {
  'up-to': string | undefined
  role: string | undefined
  outlet: string | undefined
  supplier: string | undefined
}

/** The fields that were given. */
export function tierFields({ 'up-to': upTo, role, outlet, supplier }: Given) {
  return {
    ...(upTo === undefined ? {} : { upTo: upTo === 'none' ? null : upTo }),
    ...(role === undefined ? {} : { role }),
    ...(outlet === undefined ? {} : { outletId: outlet === '-' ? null : outlet }),
    ...(supplier === undefined ? {} : { supplierId: supplier === '-' ? null : supplier }),
  }
}

export function typeNamed(given: string): Type {
  const type = types.find((one) => one === given.toUpperCase())
  if (type) return type
  throw misuse(`<type>: ${oneOf(types)(given) ?? ''}, not "${given}"`)
}

type Tier = { type: string; upTo: string | null; role: string; outletId: string | null; supplierId: string | null }

/** A tier in a sentence. */
export function tierWords({ type, upTo, role, outletId, supplierId }: Tier): string {
  const where = [outletId, supplierId].filter((id) => id !== null).join(' and ')
  const limit = upTo === null ? 'without limit' : `up to ${upTo}`
  return `${role} approves ${type} ${limit}${where === '' ? '' : `, only for ${where}`}`
}
