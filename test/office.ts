import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/database.ts'
import { warningCodes } from '#src/packing/warnings.rules.ts'
import type { Status } from '#src/consignments/lifecycle.rules.ts'
import { hashOf } from '#src/people/sign-in.actions.ts'
import type { Right } from '#src/people/rights.rules.ts'
import { adminToken, openShop, type ShopOptions } from './shop.ts'
import { typeCommand } from './terminal.ts'

export const hub = 'outlet-hub'
export const harbour = 'outlet-harbour'
export const supplier = 'supplier-leaf'
export const tea = 'product-tea'
export const milk = 'product-milk'
export const cups = 'product-cups'
export const hamper = 'product-hamper'

export type Line = { productId: string; quantity: string | number; unitCost?: string }

export type Office = Awaited<ReturnType<typeof openOffice>>

const tenTeas: Line[] = [{ productId: tea, quantity: '10' }]

/** A shop with two outlets, a supplier, and tea, milk, cups and a hamper (a composite) in its mirror. */
export async function openOffice(options: ShopOptions = {}) {
  const shop = await openShop(options)
  await stockMirror(shop.db)
  const { api, db } = shop
  const { consignments } = api.api.v1
  const make = async (json: Parameters<typeof consignments.$post>[0]['json']) => {
    const answer = await consignments.$post({ json })
    assert.equal(answer.status, 201)
    const { dryRun: _, similar: __, ...made } = await answer.json()
    return made
  }
  /** Passes all warnings, unless it says which. */
  const move = (
    id: string,
    to: Status,
    more: { reason?: string; dryRun?: boolean; acceptedWarnings?: string[] } = {},
    headers = {},
  ) =>
    consignments[':id'].transitions.$post(
      { param: { id }, json: { to, acceptedWarnings: [...warningCodes], ...more } },
      { headers },
    )
  return {
    ...shop,
    consignments,
    make,
    move,
    order: (lines = tenTeas) => make({ type: 'PURCHASE_ORDER', outletId: hub, supplierId: supplier, lines }),
    transfer: (lines = tenTeas) => make({ type: 'OUTLET_TRANSFER', outletId: harbour, sourceOutletId: hub, lines }),
    /** From one status to the next; each must be lawful. */
    walk: async (id: string, ...way: Status[]) => {
      for (const to of way) assert.equal((await move(id, to)).status, 200, to)
    },
    show: async (id: string) => (await consignments[':id'].$get({ param: { id } })).json(),
    timeline: async (id: string) => (await consignments[':id'].timeline.$get({ param: { id }, query: {} })).json(),
    /** Whatever somebody sends, lawful or not. */
    post: async (path: string, body: object) =>
      shop.app.request(path, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    consign: (line: string | readonly string[]) => typeCommand(line, { api }),
    /** The head of a request by somebody who has these rights. */
    hire: async (name: string, ...scopes: Right[]) => {
      await db
        .insertInto('api_token')
        .values({ name, token_hash: hashOf(name), scopes })
        .execute()
      return { authorization: `Bearer ${name}` }
    },
  }
}

const refusal = z.object({ status: z.number(), code: z.string(), detail: z.string(), details: z.unknown().optional() })

type Answer = { status: number; json: () => Promise<unknown> }

/** What was refused, and how; fails the story when it was not. */
export async function refusalOf(answer: Answer) {
  assert.ok(answer.status >= 400, `not refused: ${answer.status}`)
  return refusal.parse(await answer.json())
}

/** As a sync would have stored them. */
async function stockMirror(db: Db) {
  await sql`
    insert into mirror.outlet (id, name, time_zone, currency, version, raw) values
      (${hub}, 'Hub', 'Pacific/Auckland', 'NZD', 1, '{}'), (${harbour}, 'Harbour', 'Pacific/Auckland', 'NZD', 2, '{}')`.execute(
    db,
  )
  await sql`insert into mirror.supplier (id, name, version, raw) values (${supplier}, 'Leaf & Sons', 1, '{}')`.execute(
    db,
  )
  await sql`
    insert into mirror.product (id, sku, name, supply_price, supplier_code, is_composite, is_active, version, raw) values
      (${tea}, 'TEA', 'Tea', 4.95, 'L-1', false, true, 1, '{}'), (${milk}, 'MILK', 'Milk', 0.33333, null, false, true, 2, '{}'),
      (${cups}, 'CUPS', 'Cups', 2.50, 'L-3', false, true, 3, '{}'), (${hamper}, 'HAMPER', 'Hamper', 9, null, true, true, 4, '{}')`.execute(
    db,
  )
  await sql`
    insert into mirror.inventory (id, product_id, outlet_id, inventory_level, average_cost, version, raw) values
      ('stock-1', ${tea}, ${hub}, 40, 4.10, 1, '{}'), ('stock-2', ${milk}, ${hub}, 5, 0.30, 2, '{}')`.execute(db)
}
