import type { Fields } from '../writes/merging.rules.ts'

/** Our names, and Lightspeed's within `contact`. */
const contactFields = {
  companyName: 'company_name',
  firstName: 'first_name',
  lastName: 'last_name',
  email: 'email',
  phone: 'phone',
  mobile: 'mobile',
  website: 'website',
} as const

type ThereSupplier = { name: string | null; description: string | null; contact: Readonly<Record<string, unknown>> }

/** Its fields as they are compared; what is empty there is nothing. */
export function fieldsOf({ name, description, contact }: ThereSupplier): Fields {
  const parts = Object.entries(contactFields).map(([ours, theirs]) => [ours, textOf(contact[theirs])])
  return { name: textOf(name), description: textOf(description), ...Object.fromEntries(parts) }
}

const path = '/api/2.0/suppliers'

export function creationRequest(set: Fields) {
  return { method: 'POST', path, body: supplierBody(set, null) } as const
}

export function changeRequest(id: string, set: Fields, there: ThereSupplier) {
  return { method: 'PUT', path: `${path}/${id}`, body: supplierBody(set, there) } as const
}

/** Lightspeed wants a supplier whole: what is not set goes along as it is there. */
function supplierBody(set: Fields, there: ThereSupplier | null): object {
  const given = Object.entries(contactFields).filter(([ours]) => ours in set)
  const contact = { ...there?.contact, ...Object.fromEntries(given.map(([ours, theirs]) => [theirs, set[ours] ?? ''])) }
  const description = 'description' in set ? (set['description'] ?? '') : textOf(there?.description)
  return {
    name: set['name'] ?? there?.name ?? '',
    ...(description === null ? {} : { description }),
    ...(Object.keys(contact).length === 0 ? {} : { contact }),
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
