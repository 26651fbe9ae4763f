import type { Locator, Page } from 'playwright-core'
import { adminToken, openShop, type ShopOptions } from '#test/shop.ts'
import { syncElsewhere as syncAt } from '#test/syncing.ts'
import { openBrowser, type Sight, type Visitor } from './browser.ts'
import { buildPages } from './pages.ts'

export type Shop = Awaited<ReturnType<typeof openShop>>

/** A small shop with a real server, whose pages are the ones that stand in web/. */
export async function openPages(options: ShopOptions = {}): Promise<Shop> {
  await buildPages()
  return openShop({ serve: true, ...options })
}

/** The same, already mirrored. */
export async function openMirroredPages(): Promise<Shop> {
  const shop = await openPages()
  await syncElsewhere(shop)
  return shop
}

/** Where a browser that can only reach 127.0.0.1 finds a page of the shop. */
export function addressOf({ url }: Shop, path = '/'): string {
  return url.replace('localhost', '127.0.0.1') + path
}

/** Someone who comes to a shop's page with a new browser and signs in. */
export async function visit(shop: Shop, sight: Sight = {}): Promise<Visitor> {
  const visitor = await openBrowser(sight)
  await visitor.page.goto(addressOf(shop))
  await signIn(visitor.page, adminToken)
  await visitor.page.getByRole('table').waitFor()
  return visitor
}

export async function signIn(page: Page, token: string) {
  await page.getByLabel('Token', { exact: true }).fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Asks for a sync by the API, as the command or somebody else does, and waits for its end. */
export async function syncElsewhere({ url }: Shop, request: object = {}) {
  await syncAt({ url, token: adminToken }, request)
}

/** An entity's line of the table. */
export function lineOf(page: Page, entity: string): Locator {
  return page.locator(`tr[data-entity="${entity}"]`)
}

export function rowsOf(page: Page, entity: string): Locator {
  return lineOf(page, entity).locator('[data-of="rows"]')
}

/** What the page says, where it says it first. */
export function words(page: Page, said: string | RegExp): Locator {
  return page.getByText(said).first()
}

/** A customer buys one piece at a till of the simulated retailer. */
export async function sellSomething({ sim }: Shop) {
  const first = (collection: 'registers' | 'users' | 'products') => {
    const [row] = sim.store.list(collection, { after: 0, limit: 1, deleted: false })
    if (!row) throw new Error(`The simulated retailer has no ${collection}`)
    return row.id
  }
  const sale = {
    register_id: first('registers'),
    user_id: first('users'),
    state: 'closed',
    register_sale_products: [{ product_id: first('products'), quantity: 1, price: 12.5 }],
  }
  const headers = { authorization: `Bearer ${sim.token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${sim.url}/api/register_sales`, { method: 'POST', headers, body: JSON.stringify(sale) })
  if (!answer.ok) throw new Error(`The till refused the sale: ${await answer.text()}`)
}
