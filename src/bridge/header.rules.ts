import type { Header } from './sides.rules.ts'

export type HeaderField = Exclude<keyof Header, 'type'>

/** Who sends and who gets it: fixed in Lightspeed once it is sent. */
export const parties: readonly HeaderField[] = ['outletId', 'sourceOutletId', 'supplierId']
export const headerFields: readonly HeaderField[] = [...parties, 'name', 'reference', 'dueAt']

/** Fields of the header that Lightspeed should have otherwise. What we do not set may be anything. */
export function differences(wanted: Header, there: Header): HeaderField[] {
  return headerFields.filter((field) => wanted[field] !== null && !isSameField(field, wanted[field], there[field]))
}

/** Days due are the same when they are the same instant. */
export function isSameField(field: HeaderField, one: string | null, other: string | null): boolean {
  if (field !== 'dueAt' || one === null || other === null) return one === other
  return Date.parse(one) === Date.parse(other)
}

/** As people call it. */
export const fieldNames: Record<HeaderField, string> = {
  outletId: 'outlet',
  sourceOutletId: 'outlet that it comes from',
  supplierId: 'supplier',
  name: 'name',
  reference: 'order number',
  dueAt: 'day due',
}
