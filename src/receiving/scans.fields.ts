import { z } from 'zod'
import { remoteId, time, words } from '../consignments/fields.ts'
import { unstorable } from '../http/valid.ts'
import { readQuantity, type Quantity } from '../kernel/quantity.ts'
import { conditions } from './counting.rules.ts'

/** How many of what was scanned, exactly; below zero it takes a mistake back. */
const signedField = z.union([z.string().max(40), z.number()]).transform((given, context): Quantity => {
  const [, sign = '', size = ''] = /^([+-]?)(.*)$/s.exec(String(given).trim()) ?? []
  const read = /^[+-]/.test(size) ? { wrong: `give a plain number, not "${given}"` } : readQuantity(size)
  if ('wrong' in read) context.addIssue(read.wrong)
  else if (read.quantity === 0n) context.addIssue('give more than 0, or less to take a mistake back')
  else return sign === '-' ? -read.quantity : read.quantity
  return z.NEVER
})

const scan = z
  .strictObject({
    id: z.uuid(),
    code: words(200).optional(),
    productId: remoteId.optional(),
    quantity: signedField.prefault('1'),
    at: time.optional(),
    condition: z.enum(conditions).default('good'),
    device: words(100).optional(),
  })
  .refine(({ code, productId }) => code !== undefined || productId !== undefined, {
    path: ['code'],
    message: 'give the code that was scanned, or a productId',
  })

export type Scan = z.infer<typeof scan>

/** A scan as it came: read, or what is wrong with which of its fields. One that is wrong takes none of the others with it. */
export type ReadScan = { scan: Scan } | { id: string | null; field: string; message: string }

const { $schema: _, ...described } = z.toJSONSchema(scan, { io: 'input' })

export const mostScans = 1_000

export const scansField = z
  .array(z.unknown().meta(described))
  .min(1)
  .max(mostScans)
  .transform((given) => given.map(readScan))

function readScan(given: unknown): ReadScan {
  const [odd] = unstorable(given, [])
  if (odd !== undefined) return { id: null, field: cleaned(odd), message: 'has characters that are no text' }
  const read = scan.safeParse(given)
  if (read.success) return { scan: read.data }
  const [issue] = read.error.issues
  const id = z.object({ id: z.uuid() }).safeParse(given)
  const field = issue?.path.map(String).join('.') ?? ''
  return { id: id.success ? id.data.id : null, field, message: issue?.message ?? 'is not valid' }
}

function cleaned(path: string): string {
  return path.replaceAll('\0', '').toWellFormed()
}
