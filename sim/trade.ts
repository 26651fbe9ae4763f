import { numberIn } from './body.ts'
import type { SimContext } from './context.ts'
import { refused } from './refused.ts'
import { dice, hashText, type Dice } from './seed/random.ts'
import { stamp } from './seed/time.ts'
import { sell, type TillLine } from './selling.ts'
import type { Collection, Row } from './store.ts'

const gst = 0.15

/** So many sales now, at any open outlet, each of one to three products off the shelves. */
export function trade(context: SimContext, count: number): Row[] {
  const { store } = context
  const live = (collection: Collection, where?: (row: Row) => boolean) =>
    store.list(collection, { after: 0, limit: 2000, deleted: false, where })
  const registers = live('registers')
  const products = live('products', (row) => row['active'] === true)
  const [user] = live('users')
  const [exempt, standard] = live('taxes')
  const paymentTypes = live('payment_types').slice(0, 3)
  if (products.length === 0 || registers.length === 0) throw refused(422, 'There is nothing to sell')

  return Array.from({ length: count }, () => {
    const id = store.newId()
    const chance = dice(hashText(id), 0, 0)
    const lines = Array.from({ length: chance.between(1, 3) }, () =>
      line(chance, pick(chance, products), { exempt: exempt?.id ?? '', standard: standard?.id ?? '' }),
    )
    const due = lines.reduce((sum, { price, tax, quantity }) => sum + (price + tax) * quantity, 0)
    return sell(context, {
      id,
      register: pick(chance, registers),
      userId: user?.id ?? '',
      customerId: undefined,
      status: 'CLOSED',
      note: '',
      soldAt: stamp(store.now()),
      lines,
      payments: [{ typeId: pick(chance, paymentTypes).id, amount: Math.round(due * 100) / 100 }],
    })
  })
}

function line(chance: Dice, product: Row, taxes: { exempt: string; standard: string }): TillLine {
  const net = numberIn(product['price_excluding_tax']) ?? 0
  const taxed = net !== numberIn(product['price_including_tax'])
  return {
    productId: product.id,
    quantity: chance.chance(0.8) ? 1 : chance.between(2, 4),
    price: net,
    tax: taxed ? Math.round(net * gst * 100_000) / 100_000 : 0,
    taxId: taxed ? taxes.standard : taxes.exempt,
    discount: 0,
    loyalty: 0,
  }
}

function pick(chance: Dice, rows: Row[]): Row {
  const row = rows[chance.below(rows.length)]
  if (!row) throw refused(422, 'There is nothing to choose from')
  return row
}
