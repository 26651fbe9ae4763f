import { listStock } from '../availability/availability.store.ts'
import { changeConsignment, type Head } from '../consignments/consignments.store.ts'
import { statusLabel, typeName } from '../consignments/lifecycle.rules.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import { must, mustAt, outletsOf, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { cursorAt, placeOf } from '../jobs/place.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { requestView, wholeRequest } from './request.view.ts'
import {
  findRequest,
  findWaiting,
  insertRequest,
  listRequestLines,
  listRequests,
  saveAnswer,
  type RequestFilter,
} from './requests.store.ts'

/** What was asked last of a document, beside what there is. Throws a Refusal (404) where nobody asked. */
export async function readRequest(context: Context, ref: string) {
  const head = await knownHead(context, ref)
  return requestOf(context.database.db, head)
}

/** Requests at outlets that one may look at, longest first. */
export async function readRequests(
  { database, actor }: Context,
  { after, limit, ...filter }: Omit<RequestFilter, 'outlets'> & { after: string | undefined; limit: number },
) {
  must(actor, 'consignments:read')
  const wanted = { ...filter, outlets: outletsOf(actor, 'consignments:read') }
  const rows = await listRequests(database.db, wanted, { after: placeOf(after), limit })
  return pageOf(rows, limit, { view: requestView, after: ({ place, id }) => cursorAt({ at: place, id }) })
}

/**
 * Asks the outlet that a drafted transfer takes its goods from; asked twice it is one request. Throws a Refusal (422) for
 * what is no draft of a transfer, or has nothing in it.
 */
export async function askForGoods(context: Context, target: Target, words: string | null) {
  return withHead(context, target, {
    what: 'ask for goods',
    right: 'consignments:edit',
    act: async (tx, head) => {
      mustAt(context.actor, 'consignments:edit', [head.outlet_id])
      mustBeDraft(head)
      if (await findWaiting(tx, head.id)) return
      await insertRequest(tx, { consignmentId: head.id, actor: context.actor.id, note: words })
      const asked = await requestOf(tx, head)
      if (asked.lines.length === 0) throw notLawful(head, 'no line has a quantity')
      await changeConsignment(tx, head.id, {})
      const lines = asked.lines.map(({ productId, asked: quantity }) => ({ productId, quantity }))
      const after = { requestId: asked.id, of: head.source_outlet_id, lines }
      await note(tx, context, head.id, { action: 'transfer.asked', before: null, after, reason: words ?? undefined })
    },
    answer: (tx, head) => requestOf(tx, head),
  })
}

/** Takes the question back, so that the draft can be changed and asked again. */
export async function withdrawRequest(context: Context, target: Target) {
  return withHead(context, target, {
    what: 'withdraw a request',
    right: 'consignments:edit',
    act: async (tx, head) => {
      mustAt(context.actor, 'consignments:edit', [head.outlet_id])
      const { id } = await knownWaiting(tx, head)
      await saveAnswer(tx, id, { answer: 'withdrawn', actor: context.actor.id, reason: null })
      await changeConsignment(tx, head.id, {})
      const what = { action: 'transfer.request_withdrawn', before: { requestId: id }, after: null }
      await note(tx, context, head.id, what)
    },
    answer: (tx, head) => requestOf(tx, head),
  })
}

/** The request that waits. Throws a Refusal (422) where none does. */
export async function knownWaiting(tx: Db, head: Head) {
  const waiting = await findWaiting(tx, head.id)
  if (waiting) return waiting
  const last = await findRequest(tx, head.id)
  throw notLawful(head, last ? `it was answered already: ${last.answer}` : 'nobody asked for it')
}

/** The newest request of a document in full. */
export async function requestOf(db: Db, head: Head) {
  const row = await findRequest(db, head.id)
  if (!row || head.source_outlet_id === null)
    throw new Refusal('not_found', 'request_unknown', `Nobody asked for ${head.number}`)
  const lines = await listRequestLines(db, row.id)
  const productIds = lines.map(({ product_id: productId }) => productId)
  const stock = await listStock(db, head.source_outlet_id, { productIds, except: head.id })
  return wholeRequest(row, lines, stock)
}

function mustBeDraft(head: Head) {
  const { type, status } = head
  if (type !== 'OUTLET_TRANSFER') throw notLawful(head, `it is a ${typeName(type)}; transfers are asked for`)
  if (status !== 'DRAFT') throw notLawful(head, `it is ${statusLabel(type, status).toLowerCase()} (${status}) already`)
}

export function notLawful({ number, status }: Head, why: string): Refusal {
  return new Refusal('not_lawful', 'request_not_lawful', `${number}: ${why}`, { status })
}
