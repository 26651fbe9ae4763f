import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Db } from '#src/db/database.ts'
import type { openShop } from './shop.ts'
import { until } from './workers.ts'

type Shop = Pick<Awaited<ReturnType<typeof openShop>>, 'db' | 'sim'>
type Cast = { here: string; there: string; products: readonly string[] }

/**
 * The stock that a story found, to be held against what its documents say moved: what Lightspeed has on hand in the end
 * must be that, and its consignments must say what ours say.
 */
export async function booksOf({ db, sim }: Shop, { here, there, products }: Cast) {
  const outlets = [here, there]
  const onHand = () =>
    new Map(
      sim.store
        .list('inventory', {
          after: 0,
          limit: Infinity,
          deleted: false,
          where: (row) => outlets.includes(String(row['outlet_id'])),
        })
        .map((row) => [
          [row['product_id'], row['outlet_id']].join(' '),
          Number(row['inventory_level'] ?? row['current_amount']),
        ]),
    )
  const before = onHand()
  const differences = async () => {
    const moved = await movesOf(db)
    const now = onHand()
    const kept = products.slice(0, 20).filter((id) => sim.store.get('products', id)?.['deleted_at'] == null)
    return kept.flatMap((product) =>
      outlets.flatMap((outlet) => {
        const key = `${product} ${outlet}`
        const [had, has, should] = [before.get(key) ?? 0, now.get(key) ?? 0, moved.get(key) ?? 0]
        return Math.abs(had + should - has) < 1e-6 ? [] : [`${key}: ${had} and ${should} moved, but ${has} are there`]
      }),
    )
  }
  return {
    /** Fails where status, lines or stock of Lightspeed are not what our documents say. */
    agreesWithLightspeed: async () => {
      await until(async () => (await differences()).length === 0, 8_000).catch(() => {})
      assert.deepEqual(await differences(), [])
      assert.deepEqual(await disagreements(db, sim), [])
    },
  }
}

/** What the documents say left and came, by product and outlet. */
async function movesOf(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; moved: number }>`
    with line as (
      select d.type, d.status, d.outlet_id, d.source_outlet_id, l.product_id, coalesce(l.received, 0) - l.damaged as came,
        case when exists (select from consignment_line p where p.consignment_id = d.id and p.packed > 0)
          then l.packed else l.quantity end as sent,
        d.status in ('RECEIVED', 'CLOSED', 'ARCHIVED') as has_come,
        d.status in ('SENT', 'RECEIVING', 'PARTIAL', 'RECEIVED', 'CLOSED', 'ARCHIVED') as has_left
      from consignment d join consignment_line l on l.consignment_id = d.id
    ), carried as (
      select d.outlet_id, product.key as product_id, product.value::numeric as came
      from consignment d join consignment_leg leg on leg.consignment_id = d.id, jsonb_each_text(leg.carried) product
      where d.status not in ('RECEIVED', 'CLOSED', 'ARCHIVED')
    ), move as (
      select product_id || ' ' || outlet_id as key, came as moved from carried union all
      select product_id || ' ' || outlet_id as key, came as moved from line
        where has_come and type in ('PURCHASE_ORDER', 'OUTLET_TRANSFER')
      union all select product_id || ' ' || source_outlet_id, -sent from line where has_left and type = 'OUTLET_TRANSFER'
      union all select product_id || ' ' || outlet_id, -sent from line where has_left and type = 'SUPPLIER_RETURN'
    )
    select key, sum(moved)::float as moved from move group by key`.execute(db)
  return new Map(rows.map(({ key, moved }) => [key, moved]))
}

type Held = {
  number: string
  remote_id: string
  words: string[]
  lines: { product: string; count: number; came: number | null }[]
}

/** Documents that are said to be in step with Lightspeed, and are not: as far as their last leg goes. */
async function disagreements(db: Db, sim: Shop['sim']): Promise<string[]> {
  const { rows } = await sql<Held>`
    with carried as (
      select consignment_id, product.key as product_id, sum(product.value::numeric) as amount
      from consignment_leg leg, jsonb_each_text(leg.carried) product group by 1, 2
    ), line as (
      select l.consignment_id, l.product_id, l.packed, l.quantity, l.received - l.damaged - coalesce(c.amount, 0) as came,
        coalesce(c.amount, 0) as before
      from consignment_line l left join carried c using (consignment_id, product_id)
    )
    select d.number, leg.remote_id,
      case when leg.position > 1 and not exists (select from line l where l.consignment_id = d.id and l.came > 0)
          then case when d.status in ('RECEIVING', 'PARTIAL') then '{SENT,DISPATCHED}'::text[] else '{CANCELLED}' end
        when d.status in ('OPEN', 'PACKING', 'PACKAGED') then '{OPEN}'
        when d.status = 'CANCELLED' then '{CANCELLED}'
        when d.type = 'SUPPLIER_RETURN' then '{SENT}'
        when d.status in ('RECEIVED', 'CLOSED', 'ARCHIVED') then '{RECEIVED}'
        when d.type = 'OUTLET_TRANSFER' then '{SENT}'
        when d.status = 'SENT' then '{SENT,DISPATCHED}' else '{DISPATCHED}' end as words,
      (select json_agg(json_build_object('product', l.product_id, 'count',
          case when leg.position > 1 and d.type = 'OUTLET_TRANSFER' then 0
            when leg.position > 1 and not leg.is_for_rest then greatest(l.came, 0)
            when leg.position > 1 then greatest(l.quantity - l.before, 0)
            when d.type <> 'PURCHASE_ORDER' and d.status not in ('OPEN', 'PACKING') and exists (
              select from consignment_line p where p.consignment_id = d.id and p.packed > 0) then l.packed
            else l.quantity end,
          'came', case when d.status in ('RECEIVING', 'PARTIAL', 'RECEIVED', 'CLOSED', 'ARCHIVED')
            and d.type <> 'SUPPLIER_RETURN' then l.came end))
        from line l where l.consignment_id = d.id) as lines
    from consignment d join consignment_leg leg on leg.consignment_id = d.id
    where d.link = 'synced' and leg.remote_id is not null and leg.finished_at is null`.execute(db)
  return rows.flatMap((held) => wrongIn(held, sim))
}

function wrongIn({ number, remote_id: id, words, lines }: Held, { store }: Shop['sim']): string[] {
  const status = String(store.get('consignments', id)?.['status'])
  const wrong = words.includes(status) ? [] : [`${number} is ${status} there, not ${words.join(' or ')}`]
  const there = store.list('consignment_products', { after: 0, limit: Infinity, deleted: false, of: id })
  const sum = (product: string, field: string) =>
    there.filter((row) => row['product_id'] === product).reduce((all, row) => all + Number(row[field] ?? 0), 0)
  const uneven = (words[0] === 'CANCELLED' ? [] : lines).filter(
    ({ product, count, came }) =>
      sum(product, 'count') !== count || (came !== null && sum(product, 'received') !== came),
  )
  return [...wrong, ...uneven.map(({ product }) => `${number} has another line of ${product} there`)]
}
