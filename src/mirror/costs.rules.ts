/** What goods cost, and what was earned with them; what customers pay is no secret. */
const costs = /cost|supply_price|margin|profit/i

/** Where suppliers stand, `price` is what they ask of us. */
const ofSuppliers = /^product[_-]suppliers?$/

/** A record as JSON text tells it, each number about costs null, in what Lightspeed sent (`raw`) as well. */
export function readWithoutCosts(entity: string, json: string): unknown {
  const isSupplied = ofSuppliers.test(entity)
  const read: unknown = JSON.parse(json, (name, value: unknown) => {
    if (costs.test(name) || (isSupplied && name === 'price')) return isNested(value) ? value : null
    return ofSuppliers.test(name) ? withoutPrices(value) : value
  })
  return read
}

function withoutPrices(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrices)
  if (!isNested(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, name === 'price' ? null : inside]))
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
