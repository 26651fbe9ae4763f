import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { z } from 'zod'
import { cups, milk, openOffice, tea } from './office.ts'
import { adminToken } from './shop.ts'

const scanned = z.object({ product: z.object({ id: z.string() }), units: z.string(), how: z.string() })

/** The office with barcodes: a tea as UPC-A, a milk as EAN-13, cups whose code the milk has, too. */
export async function openShelf() {
  const office = await openOffice()
  const { db, app, api } = office
  await sql`
    insert into mirror.product_code (product_id, position, type, code, version, raw) values
      (${tea}, 0, 'UPC', '042100005264', 1, '{}'), (${milk}, 0, 'EAN', '9421902960123', 1, '{}'),
      (${cups}, 0, 'CUSTOM', 'both', 1, '{}'), (${milk}, 1, 'CUSTOM', 'BOTH', 1, '{}')`.execute(db)
  const scan = async (code: string) =>
    app.request(`/api/v1/scan/${encodeURIComponent(code)}`, { headers: { authorization: `Bearer ${adminToken}` } })
  const meant = async (code: string) => {
    const answer = await scan(code)
    assert.equal(answer.status, 200, `${code}: ${await answer.clone().text()}`)
    const { product, units, how } = scanned.parse(await answer.json())
    return `${units} ${product.id} ${how}`
  }
  const teach = (code: string, productId: string, units: string, headers = {}) =>
    api.api.v1.scan[':code'].$post(
      { param: { code: encodeURIComponent(code) }, json: { productId, units } },
      { headers },
    )
  const search = async (
    q: string,
    more: { outlet?: string; supplier?: string; limit?: string; after?: string } = {},
  ) => {
    const answer = await api.api.v1.products.$get({ query: { q, ...more } })
    assert.equal(answer.status, 200)
    return answer.json()
  }
  return { ...office, scan, meant, teach, search }
}
