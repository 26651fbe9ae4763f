import { refusals } from './contradictions.ts'
import type { Description, Example } from './description.ts'
import { isJson } from './shop.ts'

/**
 * How the client reads records of an entity: how many become rows of the mirror, and why others do not. `unread`: fields that
 * no column has, or whose value cannot be read; they are kept as they came.
 */
export type ReadExample = (
  entity: string,
  records: unknown[],
) => { accepted: number; refused: { reason: string }[]; unread?: string[] }

export type ExamplesChecked = {
  read: number
  /** Bodies that hold records of the mirror, and how many they hold. */
  mirrored: number
  records: number
  accepted: number
  refused: { where: string; reason: string; because?: string }[]
  /** Fields of accepted records that came into no column. */
  unread: { where: string; field: string }[]
  /** Bodies of something else, by what they are. */
  others: { [kind: string]: number }
  bodies: { where: string; entity: string; accepted: number; refused: number }[]
}

/** Reads every example of the description as the client would. */
export function checkExamples({ examples }: Description, read: ReadExample): ExamplesChecked {
  const checked: ExamplesChecked = {
    read: examples.length,
    mirrored: 0,
    records: 0,
    accepted: 0,
    refused: [],
    unread: [],
    others: {},
    bodies: [],
  }
  for (const example of examples) {
    const entity = entityOf(example)
    if (entity === undefined) {
      const kind = kindOf(example)
      checked.others[kind] = (checked.others[kind] ?? 0) + 1
    } else readOne(checked, { example, entity }, read)
  }
  return checked
}

type One = { example: Example; entity: string }

function readOne(checked: ExamplesChecked, { example, entity }: One, read: ReadExample): void {
  const records = recordsIn(example)
  const { accepted, refused, unread = [] } = read(entity, records)
  checked.mirrored++
  checked.records += records.length
  checked.accepted += accepted
  checked.unread.push(...unread.map((field) => ({ where: example.where, field })))
  checked.bodies.push({ where: example.where, entity, accepted, refused: refused.length })
  for (const { reason } of refused) {
    const known = refusals.find((each) => each.where === example.where && reason.startsWith(each.reason))
    checked.refused.push({ where: example.where, reason, ...(known ? { because: known.because } : {}) })
  }
}

function recordsIn({ kind, body }: Example): unknown[] {
  const data = isJson(body) && kind === 'answer' ? body['data'] : body
  return Array.isArray(data) ? data : [data]
}

/** Which entity the answers of an operation are records of, by path. */
const answers: readonly [RegExp, string][] = [
  [/^\/consignments\/\{[^}]+\}\/products$/, 'consignment-products'],
  [/^\/registers\/\{[^}]+\}\/payments_summary$/, 'register-closures'],
  [/^\/products\/\{[^}]+\}\/inventory$/, 'inventory'],
  [/^\/customer_groups\/\{[^}]+\}\/customers$/, 'customers'],
  [/^\/(products|price_books)\/\{[^}]+\}\/(price_book_)?products$/, 'price-book-products'],
  [/^\/registers(\/\{[^}]+\}(\/actions\/(open|close))?)?$/, 'registers'],
  [/^\/sales(\/\{[^}]+\}(\/actions\/return)?)?$/, 'sales'],
  [/^\/(user|users|users\/bulk|users\/\{[^}]+\})$/, 'users'],
  [/^\/product_types(\/\{[^}]+\})?$/, 'categories'],
  [/^\/inventory$/, 'inventory'],
  [/^\/(outlets|taxes|brands|suppliers|tags|products|customers|consignments)(\/\{[^}]+\})?$/, '$1'],
  [
    /^\/(payment_types|variant_attributes|customer_groups|price_books|outlet_taxes|price_book_products)(\/\{[^}]+\})?$/,
    '$1',
  ],
]

/** Which entity an example that stands with a schema is a record of. */
const schemas: { [schema: string]: string } = {
  CustomerGroup: 'customer-groups',
  PriceBookProduct: 'price-book-products',
  Product: 'products',
  Sale: 'sales',
}

function entityOf({ kind, subject, body, where }: Example): string | undefined {
  if (kind === 'record') return schemas[subject]
  if (kind === 'request' || !/ 20[01]$/.test(where) || !holdsRecords(body)) return undefined
  const path = subject.replace(/^\S+ /, '')
  const found = answers.find(([pattern]) => pattern.test(path))
  return found && path.replace(found[0], found[1]).replaceAll('_', '-')
}

/** An answer with ids only, as that of a created product, holds no record. */
function holdsRecords(body: unknown): boolean {
  const data = isJson(body) ? body['data'] : undefined
  return isJson(data) || (Array.isArray(data) && data.every(isJson))
}

function kindOf({ kind, where, body }: Example): string {
  if (kind === 'request') return 'requests'
  if (kind === 'record') return 'records that are not mirrored'
  if (!/ 20\d$/.test(where)) return 'errors'
  return holdsRecords(body) ? 'answers about what is not mirrored' : 'answers without a record'
}
