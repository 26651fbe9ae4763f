import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { openDatabase } from '#src/db/database.ts'
import { openAskedDoor } from '../asked-door.ts'
import { p95Figure, shelfOf, timesOf, type Figure, type Size } from '../measure.ts'
import { openPages } from '../pages.ts'
import type { BenchServer } from '../postgres.ts'
import { quietly } from '../quiet.ts'

const lines = 2_500
const scansBefore = 6_000
/** A list is made in the night: its limit is our own. */
const [scanLimitMs, listLimitMs] = [20, 2_000]
const counters = 10

const counted = z.object({ stored: z.literal(1) })
const daily = z.object({ picks: z.array(z.unknown()).length(20) })

/** A count of 2,500 lines among 25,000 products, over HTTP: by one counter, by ten at once; and the list of a day. */
export async function measureCounting(server: BenchServer, { rounds }: Size): Promise<Figure[]> {
  await using pages = await openPages(shelfOf('inventory', 20))
  await using fresh = await server.freshDatabase()
  const id = await fill(fresh.url)
  await using door = await openAskedDoor({ databaseUrl: fresh.url, pagesUrl: pages.url })
  const { ask } = door
  const scan = async (at: number) => {
    const one = scanOf(`SKU-${(at * 7919) % lines}`)
    counted.parse(await ask(`consignments/${id}/counts`, { scans: [one] }))
  }
  for (let done = 0; done < scansBefore; done += 1_000)
    await ask(`consignments/${id}/counts`, {
      scans: Array.from({ length: 1_000 }, (_, at) => scanOf(`SKU-${(done + at) % lines}`)),
    })
  const list = async () => void daily.parse(await ask('daily-counts/hub/lists', { dryRun: true }))
  await timesOf(20, scan)
  await timesOf(1, list)
  const { rounds: done, foreign } = await quietly(server, rounds, async () => ({
    scans: await timesOf(100, scan),
    together: (await Promise.all(Array.from({ length: counters }, () => timesOf(10, scan)))).flat(),
    lists: await timesOf(3, list),
  }))
  const all = (name: 'scans' | 'together' | 'lists') => done.flatMap((round) => round[name])
  const many = lines.toLocaleString('en')
  const { detail, ...alone } = p95Figure(`a scan of a count of ${many} lines, p95`, all('scans'), scanLimitMs)
  return [
    { ...alone, detail: `${detail}; ${foreign}` },
    p95Figure(`… while ${counters} people count it`, all('together'), scanLimitMs * counters),
    p95Figure('the list of a day of one outlet', all('lists'), listLimitMs),
  ]
}

function scanOf(code: string) {
  return { id: randomUUID(), code, quantity: '1', at: new Date().toISOString() }
}

/** A count that goes on at an outlet that keeps 25,000 products and has sold 40,000 lines in a month. Answers its id. */
async function fill(url: string): Promise<string> {
  await using database = openDatabase(url, { poolSize: 1 })
  const { pool } = database
  const id = randomUUID()
  await pool.query(`insert into mirror.outlet (id, name, currency, version, raw) values ('hub', 'Hub', 'NZD', 1, '{}')`)
  const all = `generate_series(0, ${lines} * 10 - 1) n`
  await pool.query(
    `insert into mirror.product (id, sku, name, is_active, has_inventory, supply_price, version, raw)
     select 'p' || n, 'SKU-' || n, 'Product ' || n, true, true, n % 90, n + 1, '{}' from ${all}`,
  )
  await pool.query(
    `insert into mirror.product_code (product_id, position, type, code, version, raw)
     select 'p' || n, 0, 'CUSTOM', 'SKU-' || n, n + 1, '{}' from ${all}`,
  )
  await pool.query(
    `insert into mirror.inventory (id, product_id, outlet_id, inventory_level, reorder_point, version, raw)
     select 'i' || n, 'p' || n, 'hub', n % 40 - 1, n % 5, n + 1, '{}' from ${all}`,
  )
  await pool.query(
    `insert into mirror.sale (id, outlet_id, sale_date, status, version, raw)
     select 's' || n, 'hub', now() - n * interval '1 minute', 'CLOSED', n + 1, '{}' from generate_series(0, 39999) n`,
  )
  await pool.query(
    `insert into mirror.sale_line_item (sale_id, position, product_id, quantity, version, raw)
     select 's' || n, 0, 'p' || (n * 7919) % ${lines * 10}, 1, n + 1, '{}' from generate_series(0, 39999) n`,
  )
  await pool.query(
    `insert into consignment (id, number, type, approval, outlet_id, currency, created_by)
     values ($1, 'CT-BEN-202611-000001-00', 'STOCKTAKE', 'not_needed', 'hub', 'NZD', 'bench')`,
    [id],
  )
  await pool.query(
    `insert into consignment_line (consignment_id, position, product_id, quantity)
     select $1, n + 1, 'p' || n, 0 from generate_series(0, $2::int - 1) n`,
    [id, lines],
  )
  for (const status of ['OPEN', 'RECEIVING'])
    await pool.query('update consignment set status = $2 where id = $1', [id, status])
  await pool.query('vacuum analyze')
  await pool.query('checkpoint')
  return id
}
