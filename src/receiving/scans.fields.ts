import { z } from 'zod'
import { remoteId, signedQuantityField, time, words } from '../consignments/fields.ts'
import { unstorable } from '../http/valid.ts'
import { conditions } from './counting.rules.ts'

const scan = z
  .strictObject({
    id: z.uuid(),
    code: words(200).optional(),
    productId: remoteId.optional(),
    quantity: signedQuantityField('give more than 0, or less to take a mistake back').prefault('1'),
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
