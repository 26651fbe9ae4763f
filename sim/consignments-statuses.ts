import type { Judgments } from './judgments.ts'

const types = ['SUPPLIER', 'OUTLET', 'RETURN', 'STOCKTAKE'] as const
export type Type = (typeof types)[number]

export const isType = (value: unknown): value is Type => types.some((type) => type === value)

/** The way of each type, in order. CANCELLED and CLOSED lie beside it. */
const ways: { [type in Type]: readonly string[] } = {
  SUPPLIER: ['OPEN', 'SENT', 'DISPATCHED', 'RECEIVED'],
  OUTLET: ['OPEN', 'SENT', 'RECEIVED'],
  RETURN: ['OPEN', 'SENT'],
  STOCKTAKE: [
    'STOCKTAKE',
    'STOCKTAKE_SCHEDULED',
    'STOCKTAKE_IN_PROGRESS',
    'STOCKTAKE_IN_PROGRESS_PROCESSED',
    'STOCKTAKE_COMPLETE',
  ],
}

/** Steps that an update may ask for. The one from IN_PROGRESS to PROCESSED belongs to Lightspeed's own job. */
const steps: { [type in Type]: { [from: string]: readonly string[] } } = {
  SUPPLIER: {
    OPEN: ['SENT', 'CANCELLED'],
    SENT: ['DISPATCHED', 'CANCELLED'],
    DISPATCHED: ['RECEIVED', 'CANCELLED'],
  },
  OUTLET: { OPEN: ['SENT'], SENT: ['RECEIVED', 'CANCELLED'] },
  RETURN: { OPEN: ['SENT', 'CANCELLED'] },
  STOCKTAKE: {
    STOCKTAKE: ['STOCKTAKE_SCHEDULED', 'STOCKTAKE_IN_PROGRESS', 'CANCELLED', 'CLOSED'],
    STOCKTAKE_SCHEDULED: ['STOCKTAKE_IN_PROGRESS', 'CANCELLED', 'CLOSED'],
    STOCKTAKE_IN_PROGRESS: ['CANCELLED', 'CLOSED'],
    STOCKTAKE_IN_PROGRESS_PROCESSED: ['STOCKTAKE_COMPLETE', 'CANCELLED', 'CLOSED'],
  },
}

const newborn: { [type in Type]: readonly string[] } = {
  SUPPLIER: ['OPEN', 'SENT'],
  OUTLET: ['OPEN', 'SENT'],
  RETURN: ['OPEN', 'SENT'],
  STOCKTAKE: ['STOCKTAKE', 'STOCKTAKE_SCHEDULED', 'STOCKTAKE_IN_PROGRESS'],
}

/** Whether a consignment of the type can have that status at all. */
export const isStatusOf = (type: Type, status: string): boolean =>
  ways[type].includes(status) || status === 'CANCELLED' || (type === 'STOCKTAKE' && status === 'CLOSED')

export function mayBeCreatedAs(type: Type, status: string, judgments: Judgments): boolean {
  const received = type === 'OUTLET' && status === 'RECEIVED' && judgments.transferCreatedReceived
  return received || newborn[type].includes(status)
}

export type Step = { type: Type; from: string; to: string }

export function mayBecome({ type, from, to }: Step, judgments: Judgments): boolean {
  if (steps[type][from]?.includes(to)) return true
  if (to === 'CANCELLED') return type === 'OUTLET' && mayCancelTransfer(from, judgments)
  if (type === 'SUPPLIER' && from === 'SENT' && to === 'RECEIVED') return judgments.sentOrderMayBeReceived
  const [before, after] = [ways[type].indexOf(from), ways[type].indexOf(to)]
  if (before < 0 || after < 0 || isFinal(type, from)) return false
  return after > before ? judgments.statusMaySkip && type !== 'STOCKTAKE' : judgments.statusMayGoBack
}

const mayCancelTransfer = (from: string, judgments: Judgments): boolean =>
  (from === 'OPEN' && judgments.openTransferMayBeCancelled) ||
  (from === 'RECEIVED' && judgments.receivedTransferMayBeCancelled)

/** The last step of its way, or beside it. */
export const isFinal = (type: Type, status: string): boolean =>
  status === 'CANCELLED' || status === 'CLOSED' || status === ways[type].at(-1)

/** Nothing was sent and no count has begun. */
export const isUntouched = (status: string): boolean => ['OPEN', 'STOCKTAKE', 'STOCKTAKE_SCHEDULED'].includes(status)

export const isCounting = (status: string): boolean =>
  status === 'STOCKTAKE_IN_PROGRESS' || status === 'STOCKTAKE_IN_PROGRESS_PROCESSED'
