import { DetailedError } from 'hono/client'
import type { Refusal } from '#src/kernel/refusal.ts'
import type { entities } from '#src/mirror/tables.ts'
import { nearest } from './nearest.ts'
import { misuse } from './options.ts'

type EntityName = (typeof entities)[number]['name']

/** For help and completion, by how often they are asked for. What is really there, the server says. */
export const entityWords: readonly EntityName[] = [
  ...(['products', 'inventory', 'sales', 'customers', 'consignments', 'consignment-products', 'outlets'] as const),
  ...(['registers', 'register-closures', 'users', 'suppliers', 'brands', 'categories', 'tags', 'taxes'] as const),
  ...(['outlet-taxes', 'payment-types', 'price-books', 'price-book-products', 'customer-groups'] as const),
  'variant-attributes',
]

export const entityHelp = `An entity: ${entityWords.join(', ')}`

/** Adds the nearest known name to what the server says about an unknown entity. */
export function suggestEntity(typed: readonly string[]): (error: unknown) => never {
  return (error) => {
    const known = knownIn(error)
    if (!known) throw error
    throw entityUnknown(typed.find((word) => !known.includes(word)) ?? typed.join(','), known)
  }
}

/** Exit code 2, with the nearest known name and all of them. */
export function entityUnknown(wrong: string, known: readonly string[]): Refusal {
  const near = nearest(wrong, known)
  const hint = near ? ` Did you mean "${near}"?` : ''
  return misuse(`There is no entity "${wrong}".${hint} There are: ${known.toSorted().join(', ')}`, { known })
}

function knownIn(error: unknown): string[] | undefined {
  if (!(error instanceof DetailedError)) return undefined
  const said: unknown = error.detail?.data?.details?.known
  return Array.isArray(said) ? said.filter((name) => typeof name === 'string') : undefined
}
