import { z } from 'zod'
import { readUnitCost, sayUnitCost } from '../kernel/money.ts'
import { readQuantity, sayQuantity, type Quantity } from '../kernel/quantity.ts'

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

/** A quantity other than zero; below it, a mistake is taken back. `notZero`: what who gives zero is told. */
export const signedQuantityField = (notZero: string) =>
  decimal.transform((given, context): Quantity => {
    const [, sign = '', size = ''] = /^([+-]?)(.*)$/s.exec(String(given).trim()) ?? []
    const read = /^[+-]/.test(size) ? { wrong: `give a plain number, not "${given}"` } : readQuantity(size)
    if ('wrong' in read) context.addIssue(read.wrong)
    else if (read.quantity === 0n) context.addIssue(notZero)
    else return sign === '-' ? -read.quantity : read.quantity
    return z.NEVER
  })

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
