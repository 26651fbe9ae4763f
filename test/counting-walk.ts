import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/database.ts'

type Ask = (method: string, url: string, sent?: unknown) => Promise<unknown>

const whole = z.object({ id: z.string(), lines: z.array(z.object({ id: z.string(), productId: z.string() })) })

/** A count from its scope to its posting, by every door that it has. */
export async function countGoods(db: Db, ask: Ask) {
  const { outletId, productIds } = await castOf(db)
  const made = whole.parse(await ask('POST', '/api/v1/consignments', { type: 'STOCKTAKE', outletId }))
  const here = `/api/v1/consignments/${made.id}`
  const filters = productIds.map((value) => ({ type: 'product', value }))
  await ask('PUT', `${here}/scope`, { filters, dryRun: false })
  await ask('GET', `${here}/scope`)
  await ask('POST', `${here}/transitions`, { to: 'OPEN' })
  const at = new Date().toISOString()
  const scan = { productId: productIds[0], quantity: '3', at, area: 'Window' }
  const unknown = { code: 'nobody-knows-this', quantity: '1', at }
  const scans = [
    { id: crypto.randomUUID(), ...scan },
    { id: crypto.randomUUID(), ...unknown },
  ]
  await ask('POST', `${here}/counts`, { scans })
  await ask('GET', `${here}/counts`)
  await ask('GET', `${here}/uncounted`)
  await ask('POST', `${here}/transitions`, { to: 'RECEIVED' })
  await ask('POST', `${here}/uncounted`, { decision: 'leave', reason: 'In the window' })
  const { lines } = whole.parse(await ask('GET', here))
  const lineId = lines.find(({ productId }) => productId !== productIds[0])?.id
  await ask('POST', `${here}/recounts`, { lineIds: [lineId], reason: 'It must be somewhere' })
  await ask('GET', `${here}/recounts`)
  await ask('POST', `${here}/recounts/counts`, { counts: [{ lineId, quantity: '1', at: new Date().toISOString() }] })
  await sql`update sync_state set last_complete_at = clock_timestamp() where entity = 'inventory'`.execute(db)
  await ask('GET', `${here}/variances?all=true`)
  const { digest } = z.object({ digest: z.string() }).parse(await ask('POST', `${here}/simulation`, {}))
  await ask('POST', `${here}/variance-approval`, { digest, dryRun: true })
  await ask('POST', `${here}/posting`, { digest, dryRun: true })
  await ask('POST', `${here}/posting`, { digest })
  await countDaily(ask, { outletId, productId: productIds[0] ?? '' })
}

async function countDaily(ask: Ask, { outletId, productId }: { outletId: string; productId: string }) {
  const daily = `/api/v1/daily-counts/${outletId}`
  await ask('POST', '/api/v1/count-flags', { productId, outletId })
  await ask('GET', '/api/v1/count-flags')
  await ask('DELETE', '/api/v1/count-flags', { productId, outletId })
  await ask('PATCH', daily, { products: 2 })
  await ask('POST', `${daily}/lists`, { dryRun: true })
  await ask('POST', `${daily}/lists`, {})
  await ask('GET', `/api/v1/daily-counts?outletId=${outletId}`)
}

async function castOf(db: Db) {
  const { rows: outlets } = await sql<{ id: string }>`
    select id from mirror.outlet where deleted_at is null order by id limit 1`.execute(db)
  const { rows: products } = await sql<{ id: string }>`
    select id from mirror.product where deleted_at is null and has_inventory and not coalesce(is_composite, false)
    order by id limit 2`.execute(db)
  return { outletId: outlets[0]?.id ?? '', productIds: products.map(({ id }) => id) }
}
