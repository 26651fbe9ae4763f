import { typeName, type Type } from '../consignments/lifecycle.rules.ts'
import { Refusal } from '../kernel/refusal.ts'

/** Throws a Refusal (422) for what does not arrive in deliveries. */
export function mustBeReceivable({ type, number }: { type: Type; number: string }) {
  if (type === 'PURCHASE_ORDER' || type === 'OUTLET_TRANSFER') return
  const message = `${number} is a ${typeName(type)}: no deliveries of it arrive here`
  throw new Refusal('not_lawful', 'delivery_not_receivable', message, { type })
}
