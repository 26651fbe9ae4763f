import { openDatabase, type Database } from '#src/db/database.ts'
import { readScan } from '#src/products/scanning.actions.ts'
import { resolveCodes } from '#src/products/resolving.actions.ts'
import { searchProducts } from '#src/products/searching.actions.ts'
import { checkDigitOf } from '#src/products/gtin.rules.ts'
import { p95Figure, type Figure, type Size } from '../measure.ts'
import type { BenchServer } from '../postgres.ts'

const products = 50_000
const actor = { id: 'bench', name: 'bench', scopes: ['*'] }
const [searchLimitMs, scanLimitMs] = [50, 20]
const [scansAtOnce, deliveryLimitMs] = [300, 300]

const words = {
  kinds: listed(
    'Chocolate Candle Notebook Teapot Backpack Shampoo Lantern Blanket Coffee Biscuit Umbrella Pillow Bracelet Hammer Kettle Marmalade Slippers Postcard Vase Scarf Puzzle Mirror Basket Apron Whisk Thermos Perfume Earrings Sandals Calendar Cushion Jacket Spatula Honey Tripod Wallet Colander Crayons Telescope Doormat',
  ),
  makers: listed(
    'Harbour Kauri Silverfern Bluewater Northwind Meadow Lighthouse Copper Willow Tidal Pohutukawa Granite Juniper Saddler Orchard Foxglove Anchor Beacon Cascade Driftwood Estuary Falcon Gannet Hollyhock Ironbark Jasmine Kestrel Lavender Magnolia Nautilus Osprey Pelican Quarry Riverstone Sparrow Thistle Upland Verbena Wayfarer Zephyr',
  ),
  looks: listed(
    'Dark Classic Striped Rosewood Emerald Vintage Organic Matte Crimson Ivory Amber Brushed Charcoal Dusky Embossed Floral Glazed Heritage Indigo Jade Knitted Lemon Marbled Natural Ochre Pebbled Quilted Ribbed Sapphire Tartan Umber Velvet Woven Zesty Azure Bronze Coral Dotted Ebony Frosted',
  ),
}

/** What people type and scan, over 50,000 products with some hundred thousand codes. */
export async function measureSearch(server: BenchServer, { rounds }: Size): Promise<Figure[]> {
  await using fresh = await server.freshDatabase()
  await using database = openDatabase(fresh.url, { poolSize: 2 })
  await fill(database)
  const all = Array.from({ length: rounds * 20 }, (_, at) => typed(at))
  const byKind = new Map<string, number[]>()
  for (const [kind, q] of [...all.slice(0, 10), ...all].flatMap((one) => Object.entries(one)))
    byKind.set(kind, [...(byKind.get(kind) ?? []), await timed(() => search(database, q))])
  const scans: number[] = []
  for (let at = 0; at < rounds * 60; at += 1)
    scans.push(await timed(() => readScan({ database, actor }, eanOf((at * 7919) % products), null)))
  const deliveries: number[] = []
  for (let at = 0; at < rounds * 4; at += 1) {
    const codes = Array.from({ length: scansAtOnce }, (_, place) =>
      eanOf(((at * scansAtOnce + place) * 7919) % products),
    )
    deliveries.push(await timed(() => resolveCodes(database.db, codes)))
  }
  const searches = [...byKind.values()].flat()
  return [
    p95Figure(`a product search over ${products.toLocaleString('en')} products, p95`, searches, searchLimitMs),
    ...[...byKind].map(([kind, times]) => p95Figure(`… ${kind}`, times, searchLimitMs)),
    p95Figure('a scan resolved, p95', scans, scanLimitMs),
    p95Figure(`… ${scansAtOnce} scans that a phone sends at once`, deliveries, deliveryLimitMs),
  ]
}

function listed(text: string): string[] {
  return text.split(' ')
}

function search(database: Database, q: string) {
  return searchProducts({ database, actor }, { q, outletId: null, supplierId: null, after: 0, limit: 20 })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function typed(at: number): Record<string, string> {
  const pick = (list: readonly string[], by: number) => list[(at * by) % list.length] ?? ''
  const [kind, maker, look] = [pick(words.kinds, 3), pick(words.makers, 7), pick(words.looks, 1)]
  const number = (at * 7919) % products
  return {
    'one common word': kind.toLowerCase(),
    'three words in any order': `${kind} ${maker} ${look}`,
    'the beginning of a word, as it is typed': maker.slice(0, 1 + (at % 4)),
    'two words with a letter missing': `${maker.slice(0, 3)}${maker.slice(4)} ${kind}`,
    'a mistyped word, and one that no product has': `${maker.slice(0, 3)}${maker.slice(4)} zyxq${at}`,
    'a word with two letters changed over': `${kind.slice(0, 2)}${kind.charAt(3)}${kind.charAt(2)}${kind.slice(4)}`,
    'a barcode': eanOf(number),
    'the end of a barcode': eanOf(number).slice(-5),
    'an SKU': `SKU-${number}`,
    'what no product is called': `zyxq${at} wvuk`,
  }
}

function eanOf(number: number): string {
  const body = `942${String(number).padStart(9, '0')}`
  return `${body}${checkDigitOf(body)}`
}

async function fill({ pool }: Database) {
  const names = 'select $2::text[] as makers, $3::text[] as looks, $4::text[] as kinds'
  await pool.query(
    `insert into mirror.product (id, sku, name, supplier_code, is_active, version, raw)
     select 'p' || n, 'SKU-' || n, makers[1 + n % 40] || ' ' || looks[1 + n / 40 % 40] || ' ' || kinds[1 + n / 1600] || ' ' || n % 7 * 5 || ' cm',
       'SUP' || md5(n::text), true, n + 1, '{}'
     from generate_series(0, $1::int - 1) n, (${names}) names`,
    [products, words.makers, words.looks, words.kinds],
  )
  const codes = Array.from({ length: products }, (_, number) => eanOf(number))
  await pool.query(
    `insert into mirror.product_code (product_id, position, type, code, version, raw)
     select 'p' || n - 1, 0, 'EAN', code, n, '{}'::jsonb from unnest($1::text[]) with ordinality one (code, n)
     union all select 'p' || n, 1, 'CUSTOM', 'SKU-' || n, n, '{}'::jsonb from generate_series(0, $2::int - 1) n`,
    [codes, products],
  )
  await pool.query('vacuum analyze mirror.product, mirror.product_code, mirror.product_supplier')
  await pool.query('checkpoint')
}
