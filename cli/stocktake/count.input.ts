import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { misuse } from '../options.ts'
import { readRowsFile } from '../inventory/rows.file.ts'

type Typed = {
  code: string | undefined
  product: string | undefined
  quantity: string | undefined
  area: string | undefined
  request: string | undefined
  file: string | undefined
}

const row = z.object({
  id: z.string().optional(),
  code: z.coerce.string().optional(),
  product_id: z.string().optional(),
  quantity: z.union([z.string(), z.number()]).optional(),
  area: z.string().optional(),
  at: z.string().optional(),
})

type Row = { [Field in keyof z.infer<typeof row>]?: z.infer<typeof row>[Field] | undefined }

/** What was scanned or keyed in, one by one or as a file; `now` is the time of what says none. */
export function scansOf({ code, product, quantity, area, request, file }: Typed, now: string) {
  const rows = file === undefined ? [{ code, product_id: product, quantity, area, id: request }] : rowsIn(file)
  return rows.map((one, at) => scanOf(one, { now, area, what: file === undefined ? '' : `--file: row ${at + 1}: ` }))
}

type Around = { now: string; area: string | undefined; what: string }

function scanOf({ id, code, product_id: productId, quantity, area: own, at }: Row, { now, area, what }: Around) {
  if ((code === undefined) === (productId === undefined))
    throw misuse(`${what}give a code or a product: ${what === '' ? '--code or --product' : 'code or product_id'}`)
  const place = own ?? area
  return {
    id: id ?? randomUUID(),
    quantity: quantity ?? '1',
    at: at ?? now,
    ...(code === undefined ? {} : { code }),
    ...(productId === undefined ? {} : { productId }),
    ...(place === undefined ? {} : { area: place }),
  }
}

/** Second looks of a file: line_id, quantity, at. */
export function recountsIn(file: string, now: string) {
  const each = z.object({ line_id: z.string(), quantity: z.union([z.string(), z.number()]), at: z.string().optional() })
  return readRowsFile(file).map((given, at) => {
    const read = each.safeParse(given)
    if (!read.success) throw misuse(`--file: row ${at + 1}: give line_id and quantity`)
    return { lineId: read.data.line_id, quantity: read.data.quantity, at: read.data.at ?? now }
  })
}

function rowsIn(file: string) {
  return readRowsFile(file).map((given, at) => {
    const read = row.safeParse(given)
    if (read.success) return read.data
    throw misuse(
      `--file: row ${at + 1}: ${read.error.issues.map(({ path }) => path.join('.')).join(', ')} cannot be read`,
    )
  })
}
