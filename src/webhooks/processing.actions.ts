import { hearCourier, type CourierLetter } from '../consignments/tracking.actions.ts'
import type { Database } from '../db/database.ts'
import { inTransaction, type Transaction } from '../db/transaction.ts'
import { Refusal } from '../kernel/refusal.ts'
import { carry, type Carried } from '../mirror/carrying.actions.ts'
import { nudge } from '../mirror/nudging.actions.ts'
import { lockEvent, markFailed, markProcessed, type EventRow } from './events.store.ts'
import { readForm, readJson } from './letters.ts'
import { watchSoon } from '../bridge/asking.actions.ts'
import { meaningOf, type Meaning } from './meaning.rules.ts'
import { insertObservation } from './observations.store.ts'

export type Processed = { outcome: string; isNew: boolean }

/**
 * Does what a stored webhook means, once: its effects, the jobs they cause and the word that it is done stand or fall
 * together, and whoever comes second finds it done. Throws what went wrong, which stands in the event too.
 */
export async function processEvent(database: Database, eventId: number): Promise<Processed> {
  try {
    return await inTransaction(database, (tx) => processLocked(tx, eventId))
  } catch (error) {
    await markFailed(database.db, eventId, error instanceof Error ? error.message : String(error))
    throw error
  }
}

async function processLocked(tx: Transaction, eventId: number): Promise<Processed> {
  const event = await lockEvent(tx.db, eventId)
  if (!event) throw new Refusal('not_found', 'webhook_event_unknown', `There is no webhook event ${eventId}`)
  if (event.state === 'processed') return { outcome: event.outcome ?? '', isNew: false }
  const meaning = meaningOf({ ...said(event), data: dataOf(event) })
  const outcome = await effect(tx, event, meaning)
  await markProcessed(tx.db, eventId, outcome)
  return { outcome, isNew: true }
}

async function effect(tx: Transaction, event: EventRow, { look, carry: carried, observed }: Meaning): Promise<string> {
  const at = event.sent_at ?? event.received_at
  if (event.door === 'courier') return hearCourier(tx.db, courierLetter(event, at))
  const told: string[] = []
  if (carried) told.push(`${carried.entity} ${carried.id ?? ''}: ${words[await carry(tx, { ...carried, at })]}`)
  if (observed) {
    await insertObservation(tx.db, event.id, { ...observed, observedAt: at })
    await watchSoon(tx.db, event.correlation_id)
    told.push(`consignment ${observed.consignmentId}: noted as ${observed.what}`)
  }
  if (look.length > 0) {
    await nudge(tx.db, look, event.correlation_id)
    told.push(`looks at ${look.join(', ')}`)
  }
  return told.length > 0 ? told.join('; ') : 'kept; nothing acts on it yet'
}

function courierLetter(event: EventRow, at: Date): CourierLetter {
  const { id: eventId, type, correlation_id: correlationId } = event
  return { eventId, carrier: event.carrier ?? '', type, data: dataOf(event), at, correlationId }
}

const words: Record<Carried, string> = {
  stored: 'stored',
  not_newer: 'nothing newer than what is held',
  set_aside: 'set aside, it cannot be stored',
  unplaced: 'not known here',
}

function said({ door, type, is_signed: isSigned }: EventRow) {
  const from = door === 'envelope' || door === 'courier' ? door : 'lightspeed'
  return { door: from, type, isSigned } as const
}

/** What it speaks of: Lightspeed's payload, or the data of an envelope. */
export function dataOf({ door, body }: Pick<EventRow, 'door' | 'body'>): unknown {
  if (door === 'lightspeed') return readForm(body)?.json
  const json = readJson(body)?.json
  return typeof json === 'object' && json !== null && 'data' in json ? json.data : undefined
}
