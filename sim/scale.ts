/** How big the simulated retailer is. Outlets and registers are the open ones; the other numbers are rows, tombstones included. */
export type Sizes = {
  outlets: number
  closedOutlets: number
  registers: number
  users: number
  products: number
  /** Leaves of the category tree; their departments come with them. */
  categories: number
  brands: number
  suppliers: number
  tags: number
  inventory: number
  outletTaxes: number
  priceBooks: number
  customers: number
  customerGroups: number
  sales: number
  consignments: number
}

export type Scale = { name: string; sizes: Sizes }

const tiny: Sizes = {
  outlets: 3,
  closedOutlets: 1,
  registers: 4,
  users: 6,
  products: 60,
  categories: 12,
  brands: 8,
  suppliers: 6,
  tags: 8,
  inventory: 180,
  outletTaxes: 18,
  priceBooks: 3,
  customers: 30,
  customerGroups: 4,
  sales: 40,
  consignments: 13,
}

const shop: Sizes = {
  outlets: 5,
  closedOutlets: 1,
  registers: 8,
  users: 24,
  products: 2_000,
  categories: 30,
  brands: 90,
  suppliers: 45,
  tags: 30,
  inventory: 10_000,
  outletTaxes: 1_000,
  priceBooks: 4,
  customers: 1_500,
  customerGroups: 6,
  sales: 6_000,
  consignments: 120,
}

const medium: Sizes = {
  outlets: 9,
  closedOutlets: 1,
  registers: 16,
  users: 60,
  products: 5_000,
  categories: 40,
  brands: 180,
  suppliers: 90,
  tags: 60,
  inventory: 45_000,
  outletTaxes: 4_500,
  priceBooks: 5,
  customers: 20_000,
  customerGroups: 8,
  sales: 100_000,
  consignments: 2_500,
}

const retailer: Sizes = {
  outlets: 19,
  closedOutlets: 3,
  registers: 34,
  users: 240,
  products: 9_006,
  categories: 40,
  brands: 320,
  suppliers: 160,
  tags: 120,
  inventory: 189_293,
  outletTaxes: 17_000,
  priceBooks: 6,
  customers: 98_462,
  customerGroups: 9,
  sales: 1_715_800,
  consignments: 24_454,
}

const known: { [name: string]: Sizes } = { tiny, shop, medium, retailer }
const mostRows = 5_000_000

/** The names of the scales that are ready made. */
export const scaleNames = Object.keys(known)

/**
 * A scale by its name, or a base and its changes: `shop:outlets=3,products=100,sales=0`; a base that is not known starts from `tiny`.
 * Throws an Error that says what is wrong.
 */
export function readScale(text: string): Scale {
  const [name = '', changes] = text.split(':', 2)
  const base = known[name]
  if (changes === undefined) {
    if (!base)
      throw new Error(
        `Unknown scale ${text}. Known: ${scaleNames.join(', ')}, or one of them and its changes: tiny:products=100,sales=0`,
      )
    return { name, sizes: base }
  }
  const sizes = { ...(base ?? tiny) }
  for (const change of changes.split(',')) Object.assign(sizes, readChange(change))
  return { name: text, sizes: reconciled(sizes, changes) }
}

function readChange(change: string): { [size: string]: number } {
  const [size = '', value = ''] = change.split('=', 2)
  if (!Object.hasOwn(tiny, size))
    throw new Error(`Unknown size ${size} in the scale. Known: ${Object.keys(tiny).join(', ')}`)
  if (!/^\d+$/.test(value) || Number(value) > mostRows) {
    throw new Error(`Size ${size} is a whole number up to ${mostRows}, not ${value === '' ? 'nothing' : value}`)
  }
  return { [size]: Number(value) }
}

/** Sizes that hang on others follow them unless they were given. */
function reconciled(sizes: Sizes, changes: string): Sizes {
  const given = (size: keyof Sizes) => changes.split(',').some((change) => change.startsWith(`${size}=`))
  const outlets = Math.max(1, sizes.outlets)
  const mostInventory = sizes.products * (outlets + sizes.closedOutlets)
  const mostTaxes = Math.floor(sizes.products / 10) * outlets
  return {
    ...sizes,
    outlets,
    registers: Math.max(outlets, sizes.registers),
    users: Math.max(2, sizes.users),
    inventory: Math.min(mostInventory, given('inventory') ? sizes.inventory : sizes.products * outlets),
    outletTaxes: Math.min(mostTaxes, given('outletTaxes') ? sizes.outletTaxes : mostTaxes),
  }
}
