import type { Status, Type } from '../consignments/lifecycle.rules.ts'

/** A document's type as Lightspeed names it. */
export const remoteTypes = {
  PURCHASE_ORDER: 'SUPPLIER',
  OUTLET_TRANSFER: 'OUTLET',
  SUPPLIER_RETURN: 'RETURN',
  STOCKTAKE: 'STOCKTAKE',
} as const satisfies Record<Type, string>

/** Undefined for a type that Lightspeed did not have when this was written. */
export function typeOfRemote(remote: string): Type | undefined {
  return typeNames.find((type) => remoteTypes[type] === remote)
}

const typeNames = ['PURCHASE_ORDER', 'OUTLET_TRANSFER', 'SUPPLIER_RETURN', 'STOCKTAKE'] as const

/**
 * What Lightspeed should say for each of our statuses; null: it does not know the document. Where it has two words, the
 * first is the one that a push ends in and the second as good: an order is SENT until it is shipped.
 */
export const remoteStatuses: Record<Type, Partial<Record<Status, readonly string[] | null>>> = {
  PURCHASE_ORDER: {
    DRAFT: null,
    OPEN: ['OPEN'],
    SENT: ['SENT', 'DISPATCHED'],
    RECEIVING: ['DISPATCHED'],
    PARTIAL: ['DISPATCHED'],
    RECEIVED: ['RECEIVED'],
    CLOSED: ['RECEIVED'],
    ARCHIVED: ['RECEIVED'],
    CANCELLED: ['CANCELLED'],
  },
  OUTLET_TRANSFER: {
    DRAFT: null,
    OPEN: ['OPEN'],
    PACKING: ['OPEN'],
    PACKAGED: ['OPEN'],
    SENT: ['SENT'],
    RECEIVING: ['SENT'],
    PARTIAL: ['SENT'],
    RECEIVED: ['RECEIVED'],
    CLOSED: ['RECEIVED'],
    ARCHIVED: ['RECEIVED'],
    CANCELLED: ['CANCELLED'],
  },
  SUPPLIER_RETURN: {
    DRAFT: null,
    OPEN: ['OPEN'],
    PACKING: ['OPEN'],
    PACKAGED: ['OPEN'],
    SENT: ['SENT'],
    RECEIVED: ['SENT'],
    CLOSED: ['SENT'],
    ARCHIVED: ['SENT'],
    CANCELLED: ['CANCELLED'],
  },
  STOCKTAKE: {
    DRAFT: null,
    OPEN: ['STOCKTAKE_SCHEDULED', 'STOCKTAKE'],
    RECEIVING: ['STOCKTAKE_IN_PROGRESS', 'STOCKTAKE_IN_PROGRESS_PROCESSED'],
    RECEIVED: ['STOCKTAKE_IN_PROGRESS_PROCESSED'],
    CLOSED: ['STOCKTAKE_COMPLETE'],
    ARCHIVED: ['STOCKTAKE_COMPLETE'],
    CANCELLED: ['CANCELLED'],
  },
}

/** The way of a document in Lightspeed, in the order of going forward. What is not on it is no way at all. */
export const remotePaths: Record<Type, readonly (readonly string[])[]> = {
  PURCHASE_ORDER: [['OPEN'], ['SENT'], ['DISPATCHED'], ['RECEIVED']],
  OUTLET_TRANSFER: [['OPEN'], ['SENT'], ['RECEIVED']],
  SUPPLIER_RETURN: [['OPEN'], ['SENT']],
  STOCKTAKE: [
    ['STOCKTAKE_SCHEDULED', 'STOCKTAKE'],
    ['STOCKTAKE_IN_PROGRESS'],
    ['STOCKTAKE_IN_PROGRESS_PROCESSED'],
    ['STOCKTAKE_COMPLETE'],
  ],
}

/** What a push should bring about; null while Lightspeed is not to know of it. */
export function remoteStatusOf(type: Type, status: Status, { isShipped }: { isShipped: boolean }): string | null {
  const [usual = null, shipped = usual] = remoteStatuses[type][status] ?? []
  return type === 'PURCHASE_ORDER' && isShipped ? shipped : usual
}

/** How far along Lightspeed's own path, from 0; -1 for what lies beside it; undefined for what nobody knows. */
export function remoteRank(type: Type, remote: string): number | undefined {
  const rank = remotePaths[type].findIndex((words) => words.includes(remote))
  if (rank >= 0) return rank
  const isCountGivenUp = type === 'STOCKTAKE' && remote === 'CLOSED'
  return remote === 'CANCELLED' || isCountGivenUp ? rank : undefined
}
