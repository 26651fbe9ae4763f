export type PathParams = Record<string, string | number | boolean>

/** Fills the {names} of a path. An id that Lightspeed could not have made never becomes a part of the address. */
export function pathOf(template: string, params: PathParams): { path: string; rest: PathParams } {
  const rest = { ...params }
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name] ?? '')
    delete rest[name]
    if (!/^[\w-]+$/.test(value)) throw new TypeError(`${template} needs a plain ${name}, not “${value}”`)
    return value
  })
  return { path, rest }
}

export function queryOf(params: PathParams): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) search.append(name, String(value))
  return search.size === 0 ? '' : `?${search.toString()}`
}
