type Needy = { schema: string; name: string; needs: readonly string[] }

/** Tables in an order in which each comes after all that it refers to. Throws for a circle. */
export function fillingOrder<Table extends Needy>(tables: readonly Table[]): Table[] {
  const ordered: Table[] = []
  let rest = tables
  while (rest.length > 0) {
    const waiting = new Set(rest.map(nameOf))
    const ready = rest.filter(({ needs }) => !needs.some((need) => waiting.has(need)))
    if (ready.length === 0) throw new Error(`These tables refer to each other: ${[...waiting].join(', ')}`)
    ordered.push(...ready)
    rest = rest.filter((table) => !ready.includes(table))
  }
  return ordered
}

function nameOf({ schema, name }: Needy): string {
  return `${schema}.${name}`
}
