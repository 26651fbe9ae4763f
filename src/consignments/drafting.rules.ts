import { Refusal } from '../kernel/refusal.ts'
import { typeName, type Approval, type Type } from './lifecycle.rules.ts'

/** Where the goods of a document go. */
export type Parties = { type: Type; outletId: string; sourceOutletId: string | null; supplierId: string | null }

const hasSource: Record<Type, boolean> = {
  PURCHASE_ORDER: false,
  OUTLET_TRANSFER: true,
  SUPPLIER_RETURN: false,
  STOCKTAKE: false,
}

const hasSupplier: Record<Type, boolean> = {
  PURCHASE_ORDER: true,
  OUTLET_TRANSFER: false,
  SUPPLIER_RETURN: true,
  STOCKTAKE: false,
}

/** Throws a Refusal (422) that names the field: a transfer comes from another outlet, an order from a supplier. */
export function mustFit({ type, outletId, sourceOutletId, supplierId }: Parties) {
  const name = typeName(type)
  if (hasSource[type] && sourceOutletId === null) throw wrong('sourceOutletId', `a ${name} comes from an outlet`)
  if (!hasSource[type] && sourceOutletId !== null) throw wrong('sourceOutletId', `a ${name} has none`)
  if (sourceOutletId === outletId) throw wrong('sourceOutletId', 'goods move from one outlet to another one')
  if (hasSupplier[type] && supplierId === null) throw wrong('supplierId', `a ${name} has a supplier`)
  if (!hasSupplier[type] && supplierId !== null) throw wrong('supplierId', `a ${name} has none`)
}

/** Throws a Refusal (422) that names the second line of a product: one product, one line. */
export function mustNotRepeat(productIds: readonly string[]) {
  const again = productIds.findIndex((id, at) => productIds.indexOf(id) !== at)
  if (again >= 0) throw wrong(`lines.${again}.productId`, `${productIds[again]} stands in another line already`)
}

/** Orders are approved before they open; of the other types nothing is asked. */
export function firstApproval(type: Type): Approval {
  return type === 'PURCHASE_ORDER' ? 'not_asked' : 'not_needed'
}

/** What a draft that was approved has to ask for again. */
export function approvalAsDraft(type: Type, approval: Approval): Approval {
  return approval === 'not_needed' ? approval : firstApproval(type)
}

/** A Refusal (422) about one field of the request. */
export function wrong(field: string, message: string): Refusal {
  return new Refusal('not_valid', 'consignment_not_valid', `${field}: ${message}`, { issues: [{ field, message }] })
}
