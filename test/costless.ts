import assert from 'node:assert/strict'
import type { Db } from '#src/db/database.ts'
import { hashOf } from '#src/people/sign-in.actions.ts'
import { isRight, rights } from '#src/people/rights.rules.ts'

/** In Lightspeed's records totals and prices are those of customers. */
const costlyThere = /cost|supply_price/i

type App = { request: (url: string, init: RequestInit) => Response | Promise<Response> }

/** Doors of the goods, and of the records of Lightspeed. */
const ofGoods =
  /^\/api\/v1\/(consignments|cases|case-rules|approvals|availability|in-transit|arrivals|notices|conflicts|recount|returns|stocktakes|audit|mirror|lightspeed-writes)\b/

/** What customers pay with tax, everybody sees on the shelf. */
const costly = /cost|price(?!IncludingTax)|amount|credit|value|worth|margin|^total$|^gross$|^net$/i

/** Asks each door once more, as somebody with every right but that of seeing costs: nowhere is there a number about them. */
export async function seesNoCosts(shop: { app: App; db: Db }, urls: readonly string[]) {
  const scopes = Object.keys(rights).filter((right) => isRight(right) && right !== '*' && right !== 'costs:read')
  for (const [name, more] of [
    ['clerk', []],
    ['bookkeeper', ['costs:read']],
  ] as const)
    await shop.db
      .insertInto('api_token')
      .values({ name, token_hash: hashOf(name), scopes: [...scopes, ...more] })
      .execute()
  const doors = [...new Set(urls)].filter((url) => ofGoods.test(url))
  const seen = { clerk: new Set<string>(), bookkeeper: new Set<string>() }
  for (const url of doors)
    for (const who of ['clerk', 'bookkeeper'] as const)
      for (const field of costsIn(await told(shop.app, url, who), url.includes('/mirror/') ? costlyThere : costly))
        seen[who].add(`${url.replace(/\?.*/, '')} ${field}`)
  assert.deepEqual([...seen.clerk], [])
  assert.ok(seen.bookkeeper.size > 15, `too few costs were there to be hidden: ${[...seen.bookkeeper].join('\n')}`)
}

async function told(app: App, url: string, token: string): Promise<unknown> {
  const answer = await app.request(url, { headers: { authorization: `Bearer ${token}` } })
  const isJson = answer.headers.get('content-type')?.includes('json') === true
  return isJson && answer.ok ? answer.json() : null
}

/** The fields that tell a number about money, by their path. */
function costsIn(value: unknown, named: RegExp, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => costsIn(one, named, path))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inside]) => {
    const here = `${path}.${name}`
    return named.test(name) && isNumber(inside) ? [here] : costsIn(inside, named, here)
  })
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
}
