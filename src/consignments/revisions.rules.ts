type Fields = Record<string, unknown>

/** Products by their id as people call them. */
export type Names = ReadonlyMap<string, string>

type Planned = { productId: string; quantity: string; unitCost: unknown; packSize: unknown; supplierCode: unknown }

/** What was changed, in words, line by line: "5 × TEA → 8 ×", "TEA: unit cost 4.95 → 5.10", "due date … → …". */
export function differences(states: { before: unknown; after: unknown }, names: Names, seesCosts: boolean): string[] {
  const [was, is] = [plannedIn(states.before), plannedIn(states.after)]
  if (was.size + is.size === 0) return headerWords(fieldsOf(states.before), fieldsOf(states.after))
  const products = [...new Set([...was.keys(), ...is.keys()])]
  return products.flatMap((id) => lineWords(was.get(id), is.get(id), { name: names.get(id) ?? id, seesCosts }))
}

/** The products that a change is about. */
export function productsOf({ before, after }: { before: unknown; after: unknown }): string[] {
  return [...new Set([...plannedIn(before).keys(), ...plannedIn(after).keys()])]
}

function lineWords(was: Planned | undefined, is: Planned | undefined, how: { name: string; seesCosts: boolean }) {
  const { name, seesCosts } = how
  if (!was) return is ? [`${is.quantity} × ${name} added`] : []
  if (!is) return [`${was.quantity} × ${name} taken out`]
  const parts = [
    ...(was.quantity === is.quantity ? [] : [`${was.quantity} × ${name} → ${is.quantity} ×`]),
    ...changed(seesCosts ? 'unit cost' : 'unit cost changed', was.unitCost, is.unitCost, seesCosts),
    ...changed('pack', was.packSize, is.packSize),
    ...changed('supplier code', was.supplierCode, is.supplierCode),
  ]
  return parts.map((part) => (part.includes(` × ${name} `) ? part : `${name}: ${part}`))
}

function changed(label: string, was: unknown, is: unknown, isShown = true): string[] {
  if (was === is) return []
  return [isShown ? `${label} ${said(was)} → ${said(is)}` : label]
}

const headerLabels: Readonly<Record<string, string>> = {
  status: 'status',
  outletId: 'outlet',
  sourceOutletId: 'source',
  supplierId: 'supplier',
  reference: 'reference',
  note: 'note',
  dueAt: 'due date',
}

function headerWords(was: Fields, is: Fields): string[] {
  return Object.entries(headerLabels).flatMap(([field, label]) => changed(label, was[field] ?? null, is[field] ?? null))
}

/** Lines as they were written down: as rows of the database, or as somebody sent them. */
function plannedIn(state: unknown): Map<string, Planned> {
  const lines = (Array.isArray(state) ? state : [state]).map(fieldsOf).flatMap((line) => {
    const productId = line['product_id'] ?? line['productId']
    if (typeof productId !== 'string') return []
    const unitCost = plain(line['unit_cost'] ?? line['unitCost'])
    const packSize = plain(line['pack_size'] ?? line['packSize'])
    const supplierCode = line['supplier_code'] ?? line['supplierCode'] ?? null
    return [{ productId, quantity: String(plain(line['quantity'])), unitCost, packSize, supplierCode }]
  })
  return new Map(lines.map((line) => [line.productId, line]))
}

function fieldsOf(state: unknown): Fields {
  return typeof state === 'object' && state !== null ? Object.fromEntries(Object.entries(state)) : {}
}

function said(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** 4.95000 is 4.95. */
function plain(value: unknown): unknown {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !text.includes('.')) return text ?? null
  return text.replace(/\.?0+$/, '')
}
