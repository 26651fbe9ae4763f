import { readUnitCost, sayUnitCost } from '../kernel/money.ts'
import { readQuantity, sayQuantity } from '../kernel/quantity.ts'
import type { CsvRow } from '../kernel/csv.ts'

/** What is wrong in a file: `row` as a spreadsheet counts, `column` as it is called there, empty for the whole row. */
export type RowError = { row: number; column: string; message: string }

/** What a column can be; a document is all rows of which the first five of them are the same. */
const fields = [
  'outlet',
  'source',
  'supplier',
  'reference',
  'dueAt',
  'productId',
  'code',
  'quantity',
  'unitCost',
  'packSize',
  'supplierCode',
] as const

export type Field = (typeof fields)[number]

/** A row as it is to be read on: text where names are still to be looked up, exact decimals where there are numbers. */
export type ImportRow = { row: number } & { [F in Field]: string | null }

export type ReadImport = {
  rows: ImportRow[]
  errors: RowError[]
  /** Of each field the column as the file calls it. */
  columns: ReadonlyMap<Field, string>
  /** Columns that mean nothing here. */
  ignored: string[]
}

/** Written small, without blanks and signs. */
const names: Readonly<Record<Field, readonly string[]>> = {
  outlet: ['outlet', 'outletid', 'outletname', 'to', 'tooutlet', 'destination', 'destinationoutlet', 'store'],
  source: ['source', 'sourceid', 'sourceoutlet', 'sourceoutletid', 'from', 'fromoutlet'],
  supplier: ['supplier', 'supplierid', 'suppliername', 'vendor'],
  reference: ['reference', 'ref', 'ordernumber', 'ponumber'],
  dueAt: ['due', 'dueat', 'duedate', 'deliverydate'],
  productId: ['productid'],
  code: ['code', 'sku', 'product', 'productcode', 'barcode', 'ean', 'upc', 'gtin', 'item', 'itemcode'],
  quantity: ['quantity', 'qty', 'units', 'count', 'ordered', 'orderquantity', 'orderqty'],
  unitCost: ['unitcost', 'cost', 'costprice', 'supplyprice', 'costeach'],
  packSize: ['packsize', 'pack', 'casesize'],
  supplierCode: ['suppliercode', 'suppliersku', 'vendorcode'],
}

/** Reads the first record as names of columns, and the others as lines. Everything that is wrong is found at once. */
export function readImport([head, ...records]: readonly CsvRow[]): ReadImport {
  if (!head) return { rows: [], errors: [wrong(1, '', 'the file is empty')], columns: new Map(), ignored: [] }
  const { places, columns, ignored, errors } = readHead(head)
  if (errors.length === 0 && records.length === 0) errors.push(wrong(head.row, '', 'there is no row below the columns'))
  const rows = records.map(({ row, cells }) => {
    if (cells.slice(head.cells.length).some((cell) => cell.trim() !== ''))
      errors.push(wrong(row, '', `it has ${cells.length} cells, and there are ${head.cells.length} columns`))
    const cellOf = (field: Field) => cells[places.get(field) ?? -1]?.trim() || null
    const read = Object.fromEntries(fields.map((field) => [field, cellOf(field)] as const))
    return checked({ ...empty, ...read, row }, columns, errors)
  })
  return { rows, errors, columns, ignored }
}

const empty: Omit<ImportRow, 'row'> = {
  outlet: null,
  source: null,
  supplier: null,
  reference: null,
  dueAt: null,
  productId: null,
  code: null,
  quantity: null,
  unitCost: null,
  packSize: null,
  supplierCode: null,
}

function readHead({ row, cells }: CsvRow) {
  const places = new Map<Field, number>()
  const columns = new Map<Field, string>()
  const ignored: string[] = []
  const errors: RowError[] = []
  for (const [place, cell] of cells.entries()) {
    const column = cell.trim()
    const field = fieldNamed(column)
    if (field === undefined) {
      if (column !== '') ignored.push(column)
    } else if (places.has(field) && columns.has(field))
      errors.push(wrong(row, column, `it says the same as ${columns.get(field)}; leave one of them away`))
    else {
      places.set(field, place)
      columns.set(field, column)
    }
  }
  if (!columns.has('code') && !columns.has('productId'))
    errors.push(wrong(row, '', 'no column says which product: call one "SKU", "Code" or "Product ID"'))
  if (!columns.has('quantity')) errors.push(wrong(row, '', 'no column says how many: call one "Quantity"'))
  return { places, columns, ignored, errors }
}

function fieldNamed(column: string): Field | undefined {
  const plain = column.toLowerCase().replaceAll(/[^a-z]/g, '')
  return fields.find((field) => names[field].includes(plain))
}

/** Numbers as they are kept; what is none of them is said, with its column. */
function checked(row: ImportRow, columns: ReadonlyMap<Field, string>, errors: RowError[]): ImportRow {
  const say = (field: Field, message: string) => void errors.push(wrong(row.row, columns.get(field) ?? '', message))
  if (row.code === null && row.productId === null) say(columns.has('code') ? 'code' : 'productId', 'say which product')
  if (row.quantity === null) say('quantity', 'say how many')
  const number = (field: 'quantity' | 'packSize') => {
    const given = row[field]
    const read = given === null ? undefined : readQuantity(given)
    if (read && 'wrong' in read) say(field, read.wrong)
    return read && 'quantity' in read ? sayQuantity(read.quantity) : null
  }
  const cost = row.unitCost === null ? undefined : readUnitCost(row.unitCost)
  if (cost && 'wrong' in cost) say('unitCost', cost.wrong)
  const packSize = number('packSize')
  if (packSize === '0') say('packSize', 'give more than 0')
  const dueAt = row.dueAt === null ? null : timeOf(row.dueAt)
  if (dueAt === undefined) say('dueAt', `give a day such as 2026-11-30, not "${row.dueAt}"`)
  for (const [field, longest] of longestText)
    if ((row[field]?.length ?? 0) > longest) say(field, `at most ${longest} characters`)
  const unitCost = cost && 'unitCost' in cost ? sayUnitCost(cost.unitCost) : null
  return { ...row, quantity: number('quantity'), packSize, unitCost, dueAt: dueAt ?? null }
}

const longestText = [
  ['code', 200],
  ['productId', 100],
  ['supplierCode', 100],
  ['reference', 200],
] as const

/** A day, or a time with its zone, as RFC 3339; undefined for anything else. */
function timeOf(given: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(given)) return undefined
  const [time, day] = [new Date(given), new Date(given.slice(0, 10))]
  const isThere = !Number.isNaN(time.getTime()) && !Number.isNaN(day.getTime())
  return isThere && day.toISOString().startsWith(given.slice(0, 10)) ? time.toISOString() : undefined
}

function wrong(row: number, column: string, message: string): RowError {
  return { row, column, message }
}
