import { parseResponse } from 'hono/client'
import type { Client } from './client.ts'
import { misuse } from './options.ts'

const isId = (given: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given)

/** The id of an outlet that was given by its id, its name, or how its name begins. Throws a Refusal that names those it could be. */
export function outletNamed(api: Client, given: string): Promise<string>
export function outletNamed(api: Client, given: string | undefined): Promise<string | undefined>
export function outletNamed(api: Client, given: string | undefined): Promise<string | undefined> {
  return named(api, 'outlets', given)
}

/** The same of a supplier. */
export function supplierNamed(api: Client, given: string): Promise<string>
export function supplierNamed(api: Client, given: string | undefined): Promise<string | undefined>
export function supplierNamed(api: Client, given: string | undefined): Promise<string | undefined> {
  return named(api, 'suppliers', given)
}

/** The id of a product that was given by its id, its SKU, or any code of one of it; an unknown one is left to the server to refuse. */
export async function productNamed(api: Client, given: string): Promise<string> {
  if (isId(given)) return given
  const answer = await api.api.v1.scan[':code'].$get({ param: { code: encodeURIComponent(given) }, query: {} })
  if (answer.status === 404) return given
  const { product, units } = await parseResponse(answer)
  if (units === '1') return product.id
  throw misuse(`"${given}" is the code of ${units} of ${product.sku}: give a code of one of it, and how many`)
}

async function named(api: Client, entity: 'outlets' | 'suppliers', given: string | undefined) {
  if (given === undefined || isId(given)) return given
  const all = await namesOf(api, entity)
  if (all.some(({ id }) => id === given)) return given
  const wanted = folded(given)
  const same = all.filter(({ name }) => folded(name) === wanted)
  const fitting = same.length > 0 ? same : all.filter(({ name }) => folded(name).startsWith(wanted))
  const [only, another] = fitting
  if (only && !another) return only.id
  const choice = fitting.length > 0 ? fitting : all
  const known = choice.slice(0, 12).map(({ name, id }) => (same.length > 1 ? `${name} (${id})` : name))
  const more = choice.length > known.length ? ', …' : ''
  throw misuse(
    `${only ? 'More than one' : 'None'} of the ${entity} is called "${given}": give one of ${known.join(', ')}${more}`,
  )
}

type Named = { id: string; name: string }

async function namesOf(api: Client, entity: string, after?: string): Promise<Named[]> {
  const query = { limit: '1000', ...(after === undefined ? {} : { after }) }
  const { data, next } = await parseResponse(api.api.v1.mirror[':entity'].$get({ param: { entity }, query }))
  const names = data.map(({ id, name }) => ({ id: wordOf(id), name: wordOf(name) }))
  return next === null ? names : [...names, ...(await namesOf(api, entity, next))]
}

const wordOf = (given: unknown) => (typeof given === 'string' ? given : '')

const folded = (name: string) => name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim()
