import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { listProducts, type KnownProduct } from './catalogue.store.ts'
import type { Draft } from './drafting.actions.ts'
import { mustFit, type Parties } from './drafting.rules.ts'
import { productsNamed } from './import-products.ts'
import type { Field, ImportRow, ReadImport, RowError } from './importing.rules.ts'
import { outletsCalled, suppliersCalled } from './importing.store.ts'
import type { Type } from './lifecycle.rules.ts'
import type { NewLine } from './lines.store.ts'

/** What holds for every row whose cells say nothing else: outlets and supplier by id or name. */
export type Defaults = {
  type: Type
  outlet: string | null
  source: string | null
  supplier: string | null
  reference: string | null
  note: string | null
  dueAt: string | null
}

type Say = (row: ImportRow, field: Field, message: string) => void

/** The documents that a file is about, in the order of their first rows, and all that is wrong with its names. */
export async function draftsOf(db: Db, { rows, columns }: ReadImport, defaults: Defaults) {
  const errors: RowError[] = []
  const say: Say = ({ row }, field, message) => void errors.push({ row, column: columns.get(field) ?? '', message })
  const full = rows.map((row) => filled(row, defaults))
  const parties = await partiesOf(db, full, { type: defaults.type, say })
  const products = await productsNamed(db, full, say)
  const known = new Map(
    (
      await listProducts(
        db,
        [...products.values()].map(({ productId }) => productId),
      )
    ).map((one) => [one.id, one]),
  )
  const drafts = new Map<string, Gathering>()
  for (const row of full) {
    const [place, product] = [parties.get(row), products.get(row)]
    if (!place || !product) continue
    const key = JSON.stringify([place, row.reference, row.dueAt])
    const gathering = drafts.get(key) ?? begun(row, place, defaults)
    drafts.set(key, gathering)
    const wrong = whyNot(known.get(product.productId), gathering.takenIn.get(product.productId), defaults.type)
    if (wrong !== undefined) say(row, fieldOf(row), wrong)
    gathering.takenIn.set(product.productId, row.row)
    const { unitCost, packSize, supplierCode } = row
    gathering.lines.push(Object.assign(product, { unitCost, packSize, supplierCode }))
  }
  const whole = [...drafts.values()].map(({ draft, lines }) => Object.assign(draft, { lines }))
  return { drafts: whole, errors: errors.toSorted(byRow) }
}

/** A document, its lines so far, and in which row each product stands. */
type Gathering = { draft: Omit<Draft, 'lines'>; lines: NewLine[]; takenIn: Map<string, number> }

function begun({ reference, dueAt }: ImportRow, parties: Parties, { note }: Defaults): Gathering {
  const draft = { ...parties, reference, note, dueAt: dueAt === null ? null : new Date(dueAt) }
  return { draft, lines: [], takenIn: new Map() }
}

function filled(row: ImportRow, { outlet, source, supplier, reference, dueAt }: Defaults): ImportRow {
  return {
    ...row,
    outlet: row.outlet ?? outlet,
    source: row.source ?? source,
    supplier: row.supplier ?? supplier,
    reference: row.reference ?? reference,
    dueAt: row.dueAt ?? dueAt,
  }
}

type Asking = { type: Type; say: Say }

async function partiesOf(db: Db, rows: readonly ImportRow[], { type, say }: Asking): Promise<Map<ImportRow, Parties>> {
  const words = (of: 'outlet' | 'source' | 'supplier') => rows.flatMap((row) => row[of] ?? [])
  const outlets = idsBy(await outletsCalled(db, [...new Set([...words('outlet'), ...words('source')])]))
  const suppliers = idsBy(await suppliersCalled(db, [...new Set(words('supplier'))]))
  const known = new Map<ImportRow, Parties>()
  for (const row of rows) {
    const find = (field: 'outlet' | 'source' | 'supplier') => {
      const word = row[field]
      if (word === null) return null
      const ids = (field === 'supplier' ? suppliers : outlets).get(word) ?? []
      if (ids.length === 1) return ids[0]
      const what = field === 'supplier' ? 'supplier' : 'outlet'
      say(
        row,
        field,
        ids.length === 0
          ? `there is no ${what} ${word} in the mirror`
          : `${ids.length} are called ${word}; give the id`,
      )
      return undefined
    }
    const [outletId, sourceOutletId, supplierId] = [find('outlet'), find('source'), find('supplier')]
    if (outletId === null) say(row, 'outlet', 'say at which outlet')
    else if (outletId !== undefined && sourceOutletId !== undefined && supplierId !== undefined) {
      const parties = { type, outletId, sourceOutletId, supplierId }
      if (fits(parties, (field, message) => say(row, field, message))) known.set(row, parties)
    }
  }
  return known
}

/** As a document by hand is held to it. */
function fits(parties: Parties, say: (field: Field, message: string) => void): boolean {
  try {
    mustFit(parties)
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const [field = '', ...message] = error.message.split(': ')
    say(field === 'supplierId' ? 'supplier' : 'source', message.join(': '))
    return false
  }
}

function whyNot(product: KnownProduct | undefined, takenIn: number | undefined, type: Type): string | undefined {
  if (!product) return 'there is no such product in the mirror'
  if (product.isGone) return `the product ${product.id} was deleted in Lightspeed`
  if (product.isComposite && type === 'PURCHASE_ORDER') return `${product.id} is a composite; order what it is made of`
  return takenIn === undefined ? undefined : `the same product stands in row ${takenIn} already`
}

function fieldOf({ productId }: ImportRow): Field {
  return productId === null ? 'code' : 'productId'
}

function idsBy(named: readonly { word: string; id: string }[]): Map<string, string[]> {
  return new Map([...Map.groupBy(named, ({ word }) => word)].map(([word, ones]) => [word, ones.map(({ id }) => id)]))
}

function byRow(one: RowError, other: RowError): number {
  return one.row - other.row
}
