import type { Client } from '../client.ts'
import { outletNamed, supplierNamed } from '../naming.ts'
import { text } from '../options.ts'

/** What a tier says, as it is typed. */
export const tierOptions = {
  'up-to': text('<amount>', 'Up to this total without tax, or "none" for no limit'),
  role: text('<role>', 'Who approves it, such as store_manager'),
  outlet: text('<name>', 'Only for this outlet; "-" for all'),
  supplier: text('<name>', 'Only for this supplier; "-" for all'),
}

type Given = {
  'up-to': string | undefined
  role: string | undefined
  outlet: string | undefined
  supplier: string | undefined
}

/** The fields that were given. */
export async function tierFields(api: Client, { 'up-to': upTo, role, outlet, supplier }: Given) {
  return {
    ...(upTo === undefined ? {} : { upTo: upTo === 'none' ? null : upTo }),
    ...(role === undefined ? {} : { role }),
    ...(outlet === undefined ? {} : { outletId: outlet === '-' ? null : await outletNamed(api, outlet) }),
    ...(supplier === undefined ? {} : { supplierId: supplier === '-' ? null : await supplierNamed(api, supplier) }),
  }
}

type Tier = { type: string; upTo: string | null; role: string; outletId: string | null; supplierId: string | null }

/** A tier in a sentence. */
export function tierWords({ type, upTo, role, outletId, supplierId }: Tier): string {
  const where = [outletId, supplierId].filter((id) => id !== null).join(' and ')
  const limit = upTo === null ? 'without limit' : `up to ${upTo}`
  return `${role} approves ${type} ${limit}${where === '' ? '' : `, only for ${where}`}`
}
