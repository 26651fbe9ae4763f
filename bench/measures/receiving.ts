import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { openDatabase } from '#src/db/database.ts'
import { openAskedDoor, type Ask } from '../asked-door.ts'
import { p95Figure, shelfOf, timesOf, type Figure, type Size } from '../measure.ts'
import { openPages } from '../pages.ts'
import type { BenchServer } from '../postgres.ts'
import { quietly } from '../quiet.ts'

const lines = 2_000
const scansBefore = 6_000
const [openLimitMs, scanLimitMs] = [300, 20]
const phones = 20

const receipt = z.object({ lines: z.array(z.object({ counted: z.string().nullable() })) })
const counted = z.object({ counts: z.object({ counted: z.literal(1) }) })

type Door = { scan: (code: string) => Promise<void>; open: () => Promise<void> }

/** A delivery of 2,000 lines among 20,000 products, over HTTP: opened, and scanned by one phone and by twenty at once. */
export async function measureReceiving(server: BenchServer, { rounds }: Size): Promise<Figure[]> {
  await using pages = await openPages(shelfOf('inventory', 20))
  await using fresh = await server.freshDatabase()
  const id = await fill(fresh.url)
  await using asked = await openAskedDoor({ databaseUrl: fresh.url, pagesUrl: pages.url })
  const door = await deliveryOf(asked.ask, id)
  await timesOf(20, () => door.scan('SKU-0'))
  await timesOf(3, door.open)
  const { rounds: done, foreign } = await quietly(server, rounds, async () => ({
    opens: await timesOf(10, door.open),
    scans: await timesOf(100, (at) => door.scan(`SKU-${(at * 7919) % lines}`)),
    together: await atOnce(door),
  }))
  const many = lines.toLocaleString('en')
  const all = (name: 'opens' | 'scans' | 'together') => done.flatMap((round) => round[name])
  const { detail, ...opening } = p95Figure(`a receipt of ${many} lines opens, p95`, all('opens'), openLimitMs)
  return [
    { ...opening, detail: `${detail}; ${foreign}` },
    p95Figure(`a scan among ${many} lines counts, p95`, all('scans'), scanLimitMs),
    p95Figure(`… while ${phones} phones scan the same delivery`, all('together'), scanLimitMs * phones),
  ]
}

/** Twenty phones, each of which sends its next scan when the last one is answered. */
async function atOnce(door: Door): Promise<number[]> {
  const scanning = Array.from({ length: phones }, (_, phone) =>
    timesOf(5, (at) => door.scan(`SKU-${(at * phones + phone) % lines}`)),
  )
  return (await Promise.all(scanning)).flat()
}

async function deliveryOf(askAny: Ask, id: string): Promise<Door> {
  const deliveryId = randomUUID()
  const ask = (path: string, sent?: object) => askAny(`consignments/${id}/deliveries${path}`, sent)
  const scan = async (code: string) => {
    counted.parse(await ask(`/${deliveryId}/scans`, { scans: [{ id: randomUUID(), code }] }))
  }
  const open = async () => {
    const { lines: shown } = receipt.parse(await ask(`/${deliveryId}`))
    if (shown.length !== lines) throw new Error(`The receipt shows ${shown.length} lines`)
  }
  await ask('', { id: deliveryId })
  for (let done = 0; done < scansBefore; done += 1_000) {
    const scans = Array.from({ length: 1_000 }, (_, place) => ({
      id: randomUUID(),
      code: `SKU-${(done + place) % lines}`,
    }))
    await ask(`/${deliveryId}/scans`, { scans })
  }
  return { scan, open }
}

/** An order that is on its way, of products that are in the mirror with others. Answers its id. */
async function fill(url: string): Promise<string> {
  await using database = openDatabase(url, { poolSize: 1 })
  const { pool } = database
  const id = randomUUID()
  await pool.query(`insert into mirror.outlet (id, name, currency, version, raw) values ('hub', 'Hub', 'NZD', 1, '{}')`)
  await pool.query(
    `insert into mirror.product (id, sku, name, is_active, version, raw)
     select 'p' || n, 'SKU-' || n, 'Product ' || n, true, n + 1, '{}' from generate_series(0, $1::int * 10 - 1) n`,
    [lines],
  )
  await pool.query(
    `insert into mirror.product_code (product_id, position, type, code, version, raw)
     select 'p' || n, 0, 'CUSTOM', 'SKU-' || n, n + 1, '{}' from generate_series(0, $1::int * 10 - 1) n`,
    [lines],
  )
  await pool.query(
    `insert into consignment (id, number, type, approval, outlet_id, currency, created_by)
     values ($1, 'PO-BEN-202611-000001-00', 'PURCHASE_ORDER', 'not_asked', 'hub', 'NZD', 'bench')`,
    [id],
  )
  await pool.query(
    `insert into consignment_line (consignment_id, position, product_id, quantity)
     select $1, n + 1, 'p' || n, 24 from generate_series(0, $2::int - 1) n`,
    [id, lines],
  )
  await pool.query(`update consignment set status = 'OPEN', approval = 'approved' where id = $1`, [id])
  await pool.query(`update consignment set status = 'SENT' where id = $1`, [id])
  await pool.query('vacuum analyze mirror.product, mirror.product_code, consignment, consignment_line')
  await pool.query('checkpoint')
  return id
}
