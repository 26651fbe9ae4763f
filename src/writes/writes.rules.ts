export const writeKinds = [
  'product.create',
  'product.update',
  'product.delete',
  'inventory.adjust',
  'supplier.create',
  'supplier.update',
] as const

export type WriteKind = (typeof writeKinds)[number]

export const writeStates = ['waiting', 'done', 'failed'] as const

export type WriteState = (typeof writeStates)[number]
