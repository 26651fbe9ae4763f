const aboutCosts = /cost|price|amount|credit|value|^total$|holds_?up_?to/i

/** What was written down, with every word about costs and totals taken out, for who may not see them. */
export function withoutCosts(told: unknown): unknown {
  if (Array.isArray(told)) return told.map(withoutCosts)
  if (typeof told !== 'object' || told === null) return told
  return Object.fromEntries(
    Object.entries(told).map(([name, value]) => [name, aboutCosts.test(name) ? null : withoutCosts(value)]),
  )
}
