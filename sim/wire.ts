import { isFields, type Fields } from './body.ts'
import type { Judgments } from './judgments.ts'
import type { Collection, Row } from './store.ts'

type Shape = (row: Row, judgments: Judgments) => Fields

/** The row as it goes out: without what stays inside, and as the judgments say. */
export function onWire(collection: Collection, row: Row, judgments: Judgments): Fields {
  const shape = shapes[collection]
  return shape ? shape(row, judgments) : row
}

const withoutVersion: Shape = (row, judgments) => (judgments.versionOnSmallRows ? row : without(row, ['version']))

const shapes: { [collection in Collection]?: Shape } = {
  brands: withoutVersion,
  tags: withoutVersion,
  suppliers: withoutVersion,
  product_types: withoutVersion,
  variant_attributes: withoutVersion,
  products: (row, judgments) => product(row, judgments),
  inventory: (row, judgments) => (judgments.inventoryListFields === 'full' ? row : without(row, sparing)),
  outlet_taxes: (row) => without(row, ['id']),
  consignment_products: (row) => without(row, ['id', 'consignment_id']),
  users: (row, judgments) => (judgments.roleIds === 'string' ? row : { ...row, roles: numbered(row['roles']) }),
  registers: (row) => withoutInside(row),
  stock_adjustments: (row) => withoutInside(row),
}

const sparing = ['current_amount', 'average_cost', 'reorder_point', 'reorder_amount']

function product(row: Row, judgments: Judgments): Fields {
  const { composite, product_codes: codes, ...others } = row
  const small = judgments.productCodeTypes === 'lower'
  return {
    ...others,
    ...(codes === undefined ? {} : { product_codes: small ? lowered(codes) : codes }),
    ...(composite === undefined || !judgments.compositeOnProducts ? {} : { composite }),
  }
}

const costs = ['supply_price', 'product_suppliers', 'average_cost']

/** Without what only `products:read:costs` may see. */
export const withoutCosts = (row: Fields): Fields => without(row, costs)

const without = (row: Fields, names: string[]): Fields =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))

const withoutInside = (row: Fields): Fields =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('_')))

const lowered = (codes: unknown): unknown => eachField(codes, 'type', (type) => String(type).toLowerCase())

const numbered = (roles: unknown): unknown => eachField(eachField(roles, 'id', Number), 'system_role_id', Number)

const eachField = (list: unknown, field: string, change: (value: unknown) => unknown): unknown =>
  Array.isArray(list)
    ? list.map((item: unknown) => (isFields(item) ? { ...item, [field]: change(item[field]) } : item))
    : list
