/** In the order of the path: what comes later has gone further. CANCELLED lies beside it. */
export const statuses = [
  'DRAFT',
  'OPEN',
  'PACKING',
  'PACKAGED',
  'SENT',
  'RECEIVING',
  'PARTIAL',
  'RECEIVED',
  'CLOSED',
  'ARCHIVED',
  'CANCELLED',
] as const

export const types = ['PURCHASE_ORDER', 'OUTLET_TRANSFER', 'SUPPLIER_RETURN', 'STOCKTAKE'] as const

export const acts = [
  'open',
  'redraft',
  'pack',
  'stop_packing',
  'seal',
  'unseal',
  'send',
  'receive',
  'pause',
  'complete',
  'close_short',
  'close',
  'archive',
  'cancel',
] as const

export type Status = (typeof statuses)[number]
export type Type = (typeof types)[number]
export type Act = (typeof acts)[number]
export type Step = { type: Type; from: Status; act: Act; to: Status }

type Steps = { readonly [From in Status]?: { readonly [A in Act]?: Status } }

/** The whole law on one screen. Diagrams, buttons, refusals and the database's own table are held to it. */
export const law: { readonly [T in Type]: Steps } = {
  PURCHASE_ORDER: {
    DRAFT: { open: 'OPEN', cancel: 'CANCELLED' },
    OPEN: { redraft: 'DRAFT', send: 'SENT', cancel: 'CANCELLED' },
    SENT: { receive: 'RECEIVING', cancel: 'CANCELLED' },
    RECEIVING: { pause: 'PARTIAL', complete: 'RECEIVED' },
    PARTIAL: { receive: 'RECEIVING', close_short: 'CLOSED' },
    RECEIVED: { close: 'CLOSED' },
    CLOSED: { archive: 'ARCHIVED' },
  },
  OUTLET_TRANSFER: {
    DRAFT: { open: 'OPEN', cancel: 'CANCELLED' },
    OPEN: { redraft: 'DRAFT', pack: 'PACKING', cancel: 'CANCELLED' },
    PACKING: { stop_packing: 'OPEN', seal: 'PACKAGED' },
    PACKAGED: { unseal: 'PACKING', send: 'SENT' },
    SENT: { receive: 'RECEIVING' },
    RECEIVING: { pause: 'PARTIAL', complete: 'RECEIVED' },
    PARTIAL: { receive: 'RECEIVING', close_short: 'CLOSED' },
    RECEIVED: { close: 'CLOSED' },
    CLOSED: { archive: 'ARCHIVED' },
  },
  SUPPLIER_RETURN: {
    DRAFT: { open: 'OPEN', cancel: 'CANCELLED' },
    OPEN: { redraft: 'DRAFT', pack: 'PACKING', cancel: 'CANCELLED' },
    PACKING: { stop_packing: 'OPEN', seal: 'PACKAGED' },
    PACKAGED: { unseal: 'PACKING', send: 'SENT' },
    SENT: { complete: 'RECEIVED' },
    RECEIVED: { close: 'CLOSED' },
    CLOSED: { archive: 'ARCHIVED' },
  },
  STOCKTAKE: {
    DRAFT: { open: 'OPEN', cancel: 'CANCELLED' },
    OPEN: { redraft: 'DRAFT', receive: 'RECEIVING', cancel: 'CANCELLED' },
    RECEIVING: { complete: 'RECEIVED', cancel: 'CANCELLED' },
    RECEIVED: { close: 'CLOSED' },
    CLOSED: { archive: 'ARCHIVED' },
  },
}

export const approvals = ['not_needed', 'not_asked', 'pending', 'approved', 'changes_requested', 'rejected'] as const

/** May it go ahead? Kept apart from where the goods are. */
export type Approval = (typeof approvals)[number]

/** What the law must know beside type and status. */
export type Facts = {
  approval: Approval
  /** Some line has a quantity above zero. */
  hasGoods: boolean
  /** Dispatched, or received in part: goods have left for us. */
  isUnderWay: boolean
  /** Lines still owed (of a stocktake: not counted) that nobody has decided about. */
  undecidedLines: number
  /** Of a return: the supplier gave a credit, or somebody said why there is none. */
  isCredited?: boolean
}

/** A step of the table that is lawful only while something is so. */
export type Condition = {
  code: string
  words: string
  holdsFor: (step: Step) => boolean
  isMet: (facts: Facts) => boolean
}

export const conditions: readonly Condition[] = [
  {
    code: 'approval_missing',
    words: 'it is not approved',
    holdsFor: ({ act }) => act === 'open',
    isMet: ({ approval }) => approval === 'approved' || approval === 'not_needed',
  },
  {
    code: 'goods_missing',
    words: 'no line has a quantity',
    holdsFor: ({ act }) => act === 'send',
    isMet: ({ hasGoods }) => hasGoods,
  },
  {
    code: 'goods_under_way',
    words: 'goods are under way or have arrived',
    holdsFor: ({ act, from }) => act === 'cancel' && from === 'SENT',
    isMet: ({ isUnderWay }) => !isUnderWay,
  },
  {
    code: 'lines_undecided',
    words: 'lines are open, and nobody has decided about them',
    holdsFor: ({ act, type }) => act === 'close_short' || (act === 'close' && type === 'STOCKTAKE'),
    isMet: ({ undecidedLines }) => undecidedLines === 0,
  },
  {
    code: 'credit_missing',
    words: 'there is neither a credit nor a reason why there is none',
    holdsFor: ({ act, type }) => act === 'close' && type === 'SUPPLIER_RETURN',
    isMet: ({ isCredited }) => isCredited !== false,
  },
]

const actLabels: Record<Act, string> = {
  open: 'Open',
  redraft: 'Back to draft',
  pack: 'Pack',
  stop_packing: 'Stop packing',
  seal: 'Close the boxes',
  unseal: 'Reopen a box',
  send: 'Send',
  receive: 'Receive',
  pause: 'Wait for the rest',
  complete: 'All received',
  close_short: 'Close short',
  close: 'Close',
  archive: 'Archive',
  cancel: 'Cancel',
}

const actLabelsOf: Partial<Record<Type, Partial<Record<Act, string>>>> = {
  PURCHASE_ORDER: { open: 'Approve', send: 'Send to the supplier' },
  SUPPLIER_RETURN: { complete: 'The supplier has it', close: 'Credited' },
  STOCKTAKE: { open: 'Schedule', receive: 'Count', complete: 'Counted', close: 'Post' },
}

const statusLabels: Record<Status, string> = {
  DRAFT: 'Draft',
  OPEN: 'Open',
  PACKING: 'Packing',
  PACKAGED: 'Packed',
  SENT: 'Sent',
  RECEIVING: 'Receiving',
  PARTIAL: 'Partly received',
  RECEIVED: 'Received',
  CLOSED: 'Closed',
  ARCHIVED: 'Archived',
  CANCELLED: 'Cancelled',
}

const statusLabelsOf: Partial<Record<Type, Partial<Record<Status, string>>>> = {
  PURCHASE_ORDER: { OPEN: 'Approved', SENT: 'Ordered' },
  SUPPLIER_RETURN: { RECEIVED: 'With the supplier', CLOSED: 'Credited' },
  STOCKTAKE: { OPEN: 'Scheduled', RECEIVING: 'Counting', RECEIVED: 'Under review', CLOSED: 'Posted' },
}

/** What a button says. */
export function actLabel(type: Type, act: Act): string {
  return actLabelsOf[type]?.[act] ?? actLabels[act]
}

/** How people call the status of such a document. */
export function statusLabel(type: Type, status: Status): string {
  return statusLabelsOf[type]?.[status] ?? statusLabels[status]
}

/** The document as it is called within a sentence. */
export function typeName(type: Type): string {
  return type.toLowerCase().replace('_', ' ')
}
