import { goods, optionValues, type Good } from './goods.ts'
import { kept, present, type Ground, type Source } from './ground.ts'
import { stamp } from './time.ts'
import { brandName, firstNames, lastNames, streets, supplierName, tagName, towns } from './words.ts'

/** The last of each is deleted. */
export const liveOf = (count: number): number => Math.max(1, count - 1)

export function brands(ground: Ground): Source {
  const count = ground.sizes.brands
  return labels(
    ground,
    'brands',
    Array.from({ length: count }, (_, index) => ({ name: brandName(index) })),
  )
}

export function tags(ground: Ground): Source {
  const count = ground.sizes.tags
  return labels(
    ground,
    'tags',
    Array.from({ length: count }, (_, index) => ({ name: tagName(index) })),
  )
}

export const variantAttributeNames = Object.keys(optionValues)

export function variantAttributes(ground: Ground): Source {
  return labels(
    ground,
    'variant_attributes',
    [...variantAttributeNames, 'Fit (old)'].map((name) => ({ name })),
  )
}

/** Goods that the retailer sells, in the order of its categories. */
export const goodsOf = (ground: Ground): Good[] => goods.slice(0, Math.max(1, ground.sizes.categories))

/** The departments first, then the leaves, then one that was deleted. */
export function productTypes(ground: Ground): Source {
  const leaves = goodsOf(ground)
  const departments = departmentsOf(ground)
  const id = (index: number) => ground.id('product_types', index)
  const roots = departments.map((name, index) => ({
    name,
    leaf_category: false,
    category_path: [{ id: id(index), name }],
  }))
  const branches = leaves.map(({ department, category }, index) => ({
    name: category,
    leaf_category: true,
    category_path: [
      { id: id(departments.indexOf(department)), name: department },
      { id: id(departments.length + index), name: category },
    ],
  }))
  return labels(ground, 'product_types', [...roots, ...branches, { name: 'Old Stock' }])
}

/** The index of a good's leaf among the product types. */
export const typeIndexOf = (ground: Ground, good: Good): number => departmentsOf(ground).length + goods.indexOf(good)

const departmentsOf = (ground: Ground): string[] => [...new Set(goodsOf(ground).map(({ department }) => department))]

export function suppliers(ground: Ground): Source {
  const rows = Array.from({ length: ground.sizes.suppliers }, (_, index) => {
    const dice = ground.dice('suppliers', index)
    const name = supplierName(index)
    return present({
      name,
      source: dice.chance(0.9) ? 'USER' : '',
      description: dice.chance(0.5)
        ? `${name}, orders by ${dice.pick(['Monday', 'Wednesday', 'Friday'])} noon`
        : undefined,
      default_markup: dice.chance(0.3) ? dice.between(20, 120) : undefined,
      contact: dice.chance(0.8) ? contact(ground, index, name) : {},
    })
  })
  return labels(ground, 'suppliers', rows)
}

function contact(ground: Ground, index: number, company: string): { [field: string]: unknown } {
  const dice = ground.dice('suppliers', index, 1)
  const [city, suburb, postcode, state] = dice.pick(towns)
  const domain = `${company
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '')}.example`
  return present({
    first_name: dice.pick(firstNames),
    last_name: dice.pick(lastNames),
    company_name: company,
    phone: `0${dice.between(3, 9)} 555 ${dice.between(1000, 9999)}`,
    mobile: dice.chance(0.4) ? `021 555 ${dice.between(100, 999)}` : undefined,
    website: dice.chance(0.6) ? `https://www.${domain}` : undefined,
    email: `orders@${domain}`,
    physical_address1: `${dice.between(1, 240)} ${dice.pick(streets)}`,
    physical_suburb: suburb,
    physical_city: city,
    physical_postcode: postcode,
    physical_state: state,
    physical_country_id: 'NZ',
  })
}

function labels(
  ground: Ground,
  collection: 'brands' | 'tags' | 'suppliers' | 'product_types' | 'variant_attributes',
  named: { [field: string]: unknown; name: string }[],
): Source {
  const last = named.length - 1
  return kept(ground, collection, named.length, (index) => ({
    id: ground.id(collection, index),
    ...named[index],
    ...(index === last && last > 0 ? { deleted_at: stamp(ground.time(collection, index)) } : {}),
  }))
}
