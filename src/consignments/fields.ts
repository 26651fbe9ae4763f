import { z } from 'zod'
import { readUnitCost, sayUnitCost } from '../kernel/money.ts'
import { readQuantity, sayQuantity } from '../kernel/quantity.ts'

const decimal = z.union([z.string().max(40), z.number()])

/** A quantity as text or number, read exactly; what comes out is plain text for `numeric`. */
export const quantityField = decimal.transform((given, context) => {
  const read = readQuantity(given)
  if ('quantity' in read) return sayQuantity(read.quantity)
  context.addIssue(read.wrong)
  return z.NEVER
})

/** A quantity above zero. */
export const countField = quantityField.refine((quantity) => quantity !== '0', 'give more than 0')

/** What a unit costs, as text or number, or as the API says money. */
export const unitCostField = z
  .union([decimal, z.strictObject({ amount: z.string().max(40), currency: z.string().length(3).optional() })])
  .transform((given, context) => {
    const read = readUnitCost(typeof given === 'object' ? given.amount : given)
    if ('unitCost' in read) return sayUnitCost(read.unitCost)
    context.addIssue(read.wrong)
    return z.NEVER
  })

/** An id as Lightspeed gives them. */
export const remoteId = z.string().trim().min(1).max(100)

export const words = (longest: number) => z.string().trim().min(1).max(longest)

export const time = z.iso.datetime({ offset: true }).transform((given) => new Date(given))
