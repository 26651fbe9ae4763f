import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hc } from 'hono/client'
import { sql } from 'kysely'
import { openSim } from '#sim/server.ts'
import { readConfig } from '#src/config.ts'
import type { Api } from '#src/http/app.ts'
import { startWorker } from '#src/jobs/worker.ts'
import { openHouse } from '#src/main.ts'
import type { Figure } from '../measure.ts'
import type { BenchServer } from '../postgres.ts'

const token = 'the-administrator-of-the-bench'
const lines = 500
const lookEveryMs = 50

/**
 * No fewer are possible: a creation takes no lines, a bulk no more than 500, and a status wants products first; what was
 * written is read back by its header, its lines, and the empty page that alone ends a list.
 */
const fewest = { writes: 2, reads: 3 }
const fewestToSend = { writes: 1, reads: 3 }

/** How many requests bring an order of 500 lines to Lightspeed, and how many send it then; against the simulator. */
export async function measurePushes(server: BenchServer): Promise<Figure[]> {
  await using shop = await openShop(server)
  const id = await shop.order()
  const open = await shop.requestsOf(id, 'OPEN')
  const sent = await shop.requestsOf(id, 'SENT')
  return [
    figure(`an order of ${lines} lines that is not in Lightspeed is brought there`, open, fewest),
    figure('… and sent there', sent, fewestToSend),
  ]
}

type Requests = { writes: number; reads: number }

function figure(what: string, { writes, reads }: Requests, least: Requests): Figure {
  const detail = `${writes} written and ${reads} read; no fewer than ${least.writes} and ${least.reads} are possible`
  return { what, ratio: (writes + reads) / (least.writes + least.reads), limit: 'at most 2.0', detail }
}

async function openShop(server: BenchServer) {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await server.freshDatabase())
  const sim = stack.use(await openSim({ scale: 'tiny:products=700', seed: 1, rateLimit: 'off' }))
  const dataDir = mkdtempSync(join(tmpdir(), 'consign-bench-'))
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }))
  const { app, house } = stack.use(await openHouse(readConfig(settingsFor(url, sim, dataDir)), () => {}))
  const api = hc<Api>('http://bench', {
    headers: { authorization: `Bearer ${token}` },
    fetch: async (input: string | URL | Request, init?: RequestInit) => app.request(input, init),
  })
  await fill(api)
  await api.api.v1.lightspeed.writing.$post({ json: { on: true } })
  const worker = await startWorker(house, { slots: 2, isRisky: () => false })
  stack.defer(worker.stop)
  const closing = stack.move()
  return {
    order: () => order(api, house.database.db),
    requestsOf: async (id: string, to: 'OPEN' | 'SENT') => {
      const from = sim.requests.length
      await api.api.v1.consignments[':id'].transitions.$post({ param: { id }, json: { to } })
      await until(async () => (await read(api, id)).lightspeed === 'synced')
      const made = sim.requests.slice(from).filter(({ path }) => path.startsWith('/api/2.0/consignments'))
      const reads = made.filter(({ method }) => method === 'GET').length
      return { writes: made.length - reads, reads }
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

const settingsFor = (databaseUrl: string, sim: { url: string; token: string }, dataDir: string) => ({
  CONSIGN_ADMIN_TOKEN: token,
  CONSIGN_DATA_DIR: dataDir,
  DATABASE_URL: databaseUrl,
  LIGHTSPEED_BASE_URL: sim.url,
  LIGHTSPEED_TOKEN: sim.token,
  SYNC_EVERY_SECONDS: '0',
  LOG_LEVEL: 'silent',
})

type Client = ReturnType<typeof hc<Api>>

async function fill(api: Client) {
  const entities = ['outlets', 'suppliers', 'products', 'inventory']
  const { id } = await (await api.api.v1.sync.runs.$post({ json: { entities } })).json()
  await until(async () => {
    const answer = await api.api.v1.sync.runs[':id'].$get({ param: { id } })
    return answer.ok && (await answer.json()).finishedAt !== null
  })
}

/** Approved by a stroke of the pen. */
async function order(api: Client, db: Awaited<ReturnType<typeof openHouse>>['house']['database']['db']) {
  const ids = async (table: 'outlet' | 'supplier', limit: number) =>
    (await db.selectFrom(`mirror.${table}`).select('id').where('deleted_at', 'is', null).limit(limit).execute()).map(
      ({ id }) => id,
    )
  const [outletId = ''] = await ids('outlet', 1)
  const [supplierId = ''] = await ids('supplier', 1)
  const products = await sql<{ id: string }>`
    select id from mirror.product where not coalesce(is_composite, false) and has_inventory and deleted_at is null limit ${lines}`.execute(
    db,
  )
  const wanted = products.rows.map(({ id: productId }) => ({ productId, quantity: '10', unitCost: '4.95' }))
  if (wanted.length < lines) throw new Error(`The shop has only ${wanted.length} products that can be ordered`)
  const made = await api.api.v1.consignments.$post({
    json: { type: 'PURCHASE_ORDER', outletId, supplierId, lines: wanted },
  })
  if (made.status !== 201) throw new Error(await made.text())
  const { id } = await made.json()
  await sql`update consignment set approval = 'approved' where id = ${id}`.execute(db)
  return id
}

async function read(api: Client, id: string) {
  return (await api.api.v1.consignments[':id'].$get({ param: { id } })).json()
}

async function until(isSo: () => Promise<boolean>) {
  const end = Date.now() + 60_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('It took longer than a minute')
    await new Promise((soon) => setTimeout(soon, lookEveryMs))
  }
}
