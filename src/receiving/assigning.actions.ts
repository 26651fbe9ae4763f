import { listProducts } from '../consignments/catalogue.store.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { mustEdit } from '../consignments/editing.rules.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import { productsIn } from '../consignments/lines.store.ts'
import { withHead, type Target } from '../consignments/locked.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { sayQuantity } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import { amendLines } from './amending.actions.ts'
import { assignLocked, type Assignment } from './assigning.ts'
import { wasUnknown } from './codes.store.ts'
import { mustBeReceivable } from './receivable.rules.ts'
import { whyNotTaken } from './unexpected.actions.ts'

/**
 * Says what a code is that nobody knew: what was scanned of it counts as that product, and so will what is scanned of it in
 * this document. Said twice it counts once. Throws a Refusal (404) for a code that was not scanned.
 */
export async function assignCode(context: Context, target: Target, assignment: Assignment) {
  const { code, productId, units } = assignment
  return withHead(context, target, {
    what: `say what ${code} is`,
    right: 'consignments:receive',
    act: async (tx, head) => {
      mustBeReceivable(head)
      mustEdit(head, 'received')
      await mustBeTakeable(tx, head, productId)
      if (!(await wasUnknown(tx, head.id, code)))
        throw new Refusal(
          'not_found',
          'code_not_scanned',
          `In ${head.number} nobody scanned ${code} as an unknown code`,
        )
      const counted = await assignLocked(tx, context, head, assignment)
      const amended = { productIds: [productId], deliveryId: null, reason: `${code} was unknown` }
      if (head.status !== 'RECEIVING') await amendLines(tx, context, head, amended)
      return counted
    },
    answer: async (_, { id, number, status, version }, counted) => ({
      consignment: { id, number, status, version },
      code,
      productId,
      units: sayQuantity(units),
      counted: sayQuantity(counted),
    }),
  })
}

async function mustBeTakeable(tx: Db, head: Head, productId: string) {
  const [product] = await listProducts(tx, [productId])
  if (!product) throw wrong('productId', `there is no product ${productId} in the mirror`)
  if ((await productsIn(tx, head.id, [productId])).length > 0) return
  const why = (await whyNotTaken(tx, [productId])).get(productId)
  if (why !== undefined) throw wrong('productId', why)
}
