import type { Right } from './rights.rules.ts'

/** What somebody is somewhere: at one outlet, or (null) everywhere; with the rights that the role has now. */
export type Grant = { role: string; outletId: string | null; rights: readonly string[] }

export type Role = { words: string; rights: readonly Right[] }

const looking = [
  'mirror:read',
  'products:read',
  'sync:read',
  'health:read',
  'consignments:read',
  'writes:read',
] as const
const floor = [
  ...looking,
  'codes:teach',
  'consignments:pack',
  'consignments:send',
  'consignments:receive',
  'evidence:add',
] as const
const catalogue = ['products:write', 'suppliers:write'] as const
const office = [
  ...looking,
  'costs:read',
  'consignments:edit',
  'consignments:send',
  'consignments:close',
  'cases:settle',
  'evidence:add',
] as const
const deciding = ['consignments:approve', 'consignments:cancel', 'evidence:remove'] as const

/** The roles that every Consign begins with. A role that was changed is a row, and stands in place of the one here. */
export const startSet: Readonly<Record<string, Role>> = {
  staff: { words: 'packs, sends, receives and counts', rights: floor },
  store_manager: {
    words: 'runs an outlet',
    rights: [
      ...floor,
      'consignments:receive-all',
      'costs:read',
      'consignments:edit',
      'consignments:close',
      'cases:settle',
      'stocktakes:review',
      'inventory:adjust',
      ...deciding,
    ],
  },
  buyer: { words: 'raises, amends and sends orders', rights: [...office, ...catalogue] },
  purchasing_manager: { words: 'answers for the buying', rights: [...office, ...catalogue, ...deciding] },
  retail_operations_manager: { words: 'answers for the outlets', rights: [...office, ...deciding] },
  communications_manager: { words: 'answers for what is advertised', rights: [...office, ...deciding] },
  director: {
    words: 'decides without limit, and cancels what is sent',
    rights: [
      ...new Set([...floor, ...office, ...deciding]),
      'consignments:receive-all',
      'consignments:cancel-sent',
      'stocktakes:review',
      ...catalogue,
      'inventory:adjust',
      'approvals:manage',
      'evidence-rules:manage',
      'case-rules:manage',
      'audit:read',
    ],
  },
  stock_controller: {
    words: 'counts, posts and clears up',
    rights: [
      ...floor,
      'consignments:receive-all',
      'costs:read',
      'consignments:edit',
      'consignments:close',
      'cases:settle',
      'consignments:cancel',
      'evidence:remove',
      'stocktakes:review',
      'inventory:adjust',
      'sync:run',
      'audit:read',
    ],
  },
  administrator: { words: 'everything', rights: ['*'] },
}

/** What somebody may do in another one's place while that one is away. */
export const delegable: readonly string[] = [
  'consignments:read',
  'consignments:approve',
  'costs:read',
] satisfies Right[]

const ofOutlets = new Set(['consignments', 'cases', 'costs', 'inventory', 'stocktakes', 'evidence'])
const forEveryone: ReadonlySet<string> = new Set<Right>([
  'mirror:read',
  'products:read',
  'writes:read',
  'codes:teach',
  'sync:read',
  'health:read',
])

/**
 * Whether a role at one outlet is enough for a right: what is done at an outlet, and what everyone looks at. Everything
 * else is about the whole house, and asks for a role everywhere.
 */
function isPlaced(right: string): boolean {
  return forEveryone.has(right) || ofOutlets.has(right.slice(0, right.indexOf(':')))
}

/** Whether one of these grants gives a right at one of these outlets, or everywhere. */
export function gives(grants: readonly Grant[], right: string, outlets: readonly string[]): boolean {
  return grants.some((grant) => has(grant, right) && (grant.outletId === null || outlets.includes(grant.outletId)))
}

/** Whether one of these grants gives a right at all: of an outlet at some outlet, of the house everywhere. */
export function givesSomewhere(grants: readonly Grant[], right: string): boolean {
  return grants.some((grant) => has(grant, right) && (grant.outletId === null || isPlaced(right)))
}

/** The outlets at which a right is given; undefined: everywhere. */
export function outletsGiven(grants: readonly Grant[], right: string): string[] | undefined {
  const giving = grants.filter((grant) => has(grant, right))
  const outlets = giving.flatMap(({ outletId }) => outletId ?? [])
  return outlets.length < giving.length ? undefined : [...new Set(outlets)]
}

function has({ rights }: Grant, right: string): boolean {
  return rights.includes('*') || rights.includes(right)
}
