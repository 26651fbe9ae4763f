import type { Right } from '../people/rights.rules.ts'
import type { Act, Status } from './lifecycle.rules.ts'

/** The right that a step asks for. Cancelling is a manager's, once sent a director's. */
export function rightFor({ act, from }: { act: Act; from: Status }): Right {
  return act === 'cancel' && from === 'SENT' ? 'consignments:cancel-sent' : rights[act]
}

/** Cancelling what is sent needs a reason; so does taking back what was approved. */
export function needsReason({ act, from }: { act: Act; from: Status }): boolean {
  return act === 'cancel' && from === 'SENT'
}

/** The outlets of a document. */
export type Placed = { outlet_id: string; source_outlet_id: string | null }

const atSource: ReadonlySet<Right> = new Set(['consignments:pack', 'consignments:send'])
const atDestination: ReadonlySet<Right> = new Set([
  'consignments:receive',
  'consignments:receive-all',
  'consignments:close',
  'consignments:approve',
])

/** At which outlets somebody may hold a right to use it on a document: one of them is enough. */
export function placesFor(right: Right, { outlet_id, source_outlet_id }: Placed): string[] {
  if (source_outlet_id === null || atDestination.has(right)) return [outlet_id]
  return atSource.has(right) ? [source_outlet_id] : [outlet_id, source_outlet_id]
}

/** Where somebody takes a step. Who opens a transfer gives goods away, so it is whose they are; anybody else asks for them. */
export function placesOf({ act, from }: { act: Act; from: Status }, document: Placed): string[] {
  const { source_outlet_id: source } = document
  return act === 'open' && source !== null ? [source] : placesFor(rightFor({ act, from }), document)
}

const rights: Record<Act, Right> = {
  open: 'consignments:edit',
  redraft: 'consignments:edit',
  pack: 'consignments:pack',
  stop_packing: 'consignments:pack',
  seal: 'consignments:pack',
  unseal: 'consignments:pack',
  send: 'consignments:send',
  receive: 'consignments:receive',
  pause: 'consignments:receive',
  complete: 'consignments:receive',
  close_short: 'consignments:close',
  close: 'consignments:close',
  archive: 'consignments:close',
  cancel: 'consignments:cancel',
}
