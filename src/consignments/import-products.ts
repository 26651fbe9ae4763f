import type { Db } from '../db/database.ts'
import { readQuantity, sayQuantity, quantityPlaces } from '../kernel/quantity.ts'
import { resolveCodes } from '../products/resolving.actions.ts'
import type { Field, ImportRow } from './importing.rules.ts'
import { productIdsAmong } from './importing.store.ts'

type Meant = { productId: string; quantity: string }
type Say = (row: ImportRow, field: Field, message: string) => void

/**
 * Which product each row means, and how many of it: by its id, else by whatever a scanner would find it by. A code that stands
 * for a case of 24 counts 24.
 */
export async function productsNamed(db: Db, rows: readonly ImportRow[], say: Say): Promise<Map<ImportRow, Meant>> {
  const words = rows.flatMap((row) => row.productId ?? row.code ?? [])
  const ids = await productIdsAmong(db, [...new Set(words)])
  const codes = rows.flatMap((row) =>
    row.productId === null && row.code !== null && !ids.has(row.code) ? row.code : [],
  )
  const resolved = await resolveCodes(db, codes)
  const meant = new Map<ImportRow, Meant>()
  for (const row of rows) {
    const field = row.productId === null ? 'code' : 'productId'
    const [word, quantity] = [row.productId ?? row.code ?? '', row.quantity ?? '0']
    const found = resolved.get(word)
    if (ids.has(word)) meant.set(row, { productId: word, quantity })
    else if (field === 'productId') say(row, field, `there is no product ${word} in the mirror`)
    else if (found?.kind === 'product') {
      const times = timesOf(quantity, found.units)
      if ('wrong' in times) say(row, 'quantity', times.wrong)
      else meant.set(row, { productId: found.productId, quantity: times.quantity })
    } else say(row, field, found?.refusal.message ?? `no product has the code ${word}`)
  }
  return meant
}

function timesOf(quantity: string, units: string): { quantity: string } | { wrong: string } {
  const [many, each] = [readQuantity(quantity), readQuantity(units)]
  if ('wrong' in many) return many
  if ('wrong' in each) return each
  const scale = 10n ** BigInt(quantityPlaces)
  const product = many.quantity * each.quantity
  if (product % scale !== 0n) return { wrong: `${quantity} of ${units} each has more than ${quantityPlaces} places` }
  const read = readQuantity(sayQuantity(product / scale))
  return 'wrong' in read ? read : { quantity: sayQuantity(read.quantity) }
}
