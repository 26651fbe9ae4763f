import assert from 'node:assert/strict'
import { isStatus, type Law } from './law.ts'
import { isJson, rowIn, textIn, type Answer, type Shop } from './shop.ts'

const nobody = '00000000-dead-11e9-beef-000000000000'

/** Who is let in, how often, and what is said to those who are not. */
export const lawsOfDoors: Law[] = [
  {
    name: 'a wrong token is answered 401 with an error in words',
    check: async (shop) => {
      const answer = await shop.as('lsxs_pt_nobody_has_this', '/outlets')
      isStatus(answer, 401)
      assert.notEqual(errorIn(answer), '')
    },
  },
  {
    name: 'no token is answered 401',
    check: async (shop) => isStatus(await shop.as(undefined, '/outlets'), 401),
  },
  ...['/products', '/customers', '/outlets', '/sales', '/consignments', '/suppliers'].map((path) => ({
    name: `${path}/{id} of nothing is answered 404`,
    check: async (shop: Shop) => isStatus(await shop.get(`${path}/${nobody}`), 404),
  })),
  {
    name: 'each answer says how many requests are allowed and how many are left',
    check: async (shop) => {
      const [first, second] = [quotaIn(await shop.get('/outlets')), quotaIn(await shop.get('/taxes'))]
      assert.ok(first.limit >= 350, `a limit of ${first.limit}: 300 for each register and 50 more`)
      assert.equal(second.limit, first.limit)
      assert.ok(first.remaining <= first.limit && second.remaining <= second.limit)
    },
  },
  {
    name: 'a moment is told in UTC, and the retailer by one object',
    check: async (shop) => {
      const answer = await shop.get('/retailer')
      isStatus(answer, 200)
      assert.notEqual(textIn(rowIn(answer), 'domain_prefix'), '')
      assert.match(textIn(rowIn(answer), 'created_at'), /(Z|\+00:00)$/)
    },
  },
]

function quotaIn({ headers, path }: Answer): { limit: number; remaining: number } {
  const number = (name: string) => {
    const text = headers.get(name)
    assert.match(text ?? 'nothing', /^\d+$/, `${name} of ${path}`)
    return Number(text)
  }
  return { limit: number('x-ratelimit-limit'), remaining: number('x-ratelimit-remaining') }
}

/** The words of an error, wherever they stand. */
function errorIn({ body }: Answer): string {
  if (!isJson(body)) return ''
  const error = body['error']
  return isJson(error) ? textIn(error, 'message') : textIn(body, 'error') || textIn(body, 'message')
}
