import { mustEdit } from '../consignments/editing.rules.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import { must, mustAt, outletsOf, type Context } from '../context.ts'
import { cursorAt, placeOf } from '../jobs/place.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { plain } from './quantities.rules.ts'
import { mustBeReceivable } from './receivable.rules.ts'
import {
  askForRecounts,
  findRecount,
  listRecounts,
  saveRecountAnswer,
  type RecountAnswer,
  type RecountRow,
} from './recounts.store.ts'

type Paging = { outletId: string | undefined; after: string | undefined; limit: number }

/** What outlets were asked to count again and have not answered, longest first; of one outlet, or of all that one may look at. */
export async function readOpenRecounts(context: Context, { outletId, after, limit }: Paging) {
  const { actor, database } = context
  const right = 'consignments:read'
  must(actor, right)
  if (outletId !== undefined) mustAt(actor, right, [outletId])
  const outletIds = outletId === undefined ? outletsOf(actor, right) : [outletId]
  const rows = await listRecounts(database.db, { outletIds }, { after: placeOf(after), limit })
  return pageOf(rows, limit, { view: recountView, after: ({ place, id }) => cursorAt({ at: place, id }) })
}

/** All of one document, with the answers. */
export async function readRecounts(context: Context, ref: string) {
  const head = await knownHead(context, ref)
  const rows = await listRecounts(context.database.db, { consignmentId: head.id }, { after: undefined, limit: 5000 })
  return { data: rows.map(recountView), next: null }
}

/** Asks now, without waiting for the delivery to end, about these lines or about all that lack something. */
export async function requestRecounts(context: Context, target: Target, lineIds: readonly string[] | undefined) {
  return withHead(context, target, {
    what: 'ask for a recount',
    right: 'consignments:receive',
    act: async (tx, head) => {
      mustBeReceivable(head)
      mustEdit(head, 'received')
      const wish = { deliveryId: null, actor: context.actor.id, ...(lineIds === undefined ? {} : { lineIds }) }
      const asked = await askForRecounts(tx, head, wish)
      const after = { lines: asked, outletId: head.source_outlet_id }
      if (asked > 0) await note(tx, context, head.id, { action: 'consignment.recount_asked', before: null, after })
      return asked
    },
    answer: async (_, { id, number, status, version }, asked) => ({
      consignment: { id, number, status, version },
      asked,
    }),
  })
}

/** What the sender says, once: so much was really sent, or it was sent as said. */
export async function answerRecount(
  context: Context,
  target: Target,
  { recountId, ...said }: RecountAnswer & { recountId: string },
) {
  return withHead(context, target, {
    what: 'answer a recount',
    right: 'consignments:pack',
    act: async (tx, head) => {
      const before = await findRecount(tx, head.id, recountId)
      if (!before) throw new Refusal('not_found', 'recount_unknown', `${head.number} has no recount ${recountId}`)
      if (before.answer !== null) {
        if (before.answer === said.answer && isSame(before.quantity, said.quantity)) return
        const message = `${before.answered_by} has answered already: ${before.answer} ${before.quantity ?? ''}`.trim()
        throw new Refusal('conflict', 'recount_answered', message, { answer: before.answer })
      }
      await saveRecountAnswer(tx, recountId, said, context.actor.id)
      const asked = { lineId: before.line_id, expected: plain(before.expected), counted: plain(before.counted) }
      await note(tx, context, head.id, { action: 'consignment.recount_answered', before: asked, after: said })
    },
    answer: async (tx, { id, number, status, version }) => {
      const rows = await listRecounts(tx, { consignmentId: id }, { after: undefined, limit: 5000 })
      const row = rows.find((one) => one.id === recountId)
      if (!row) throw new Error(`The recount ${recountId} went away under the lock`)
      return { consignment: { id, number, status, version }, recount: recountView(row) }
    },
  })
}

function isSame(before: string | null, after: string | null): boolean {
  return before === null || after === null ? before === after : plain(before) === plain(after)
}

/** The database's check holds it to these words. */
function answerOf({ answer }: RecountRow): RecountAnswer['answer'] | null {
  return answer === 'recounted' || answer === 'as_sent' ? answer : null
}

function recountView(row: RecountRow) {
  return {
    id: row.id,
    consignmentId: row.consignment_id,
    number: row.number,
    outletId: row.outlet_id,
    askingOutletId: row.asking_outlet_id,
    lineId: row.line_id,
    productId: row.product_id,
    sku: row.sku,
    name: row.name,
    expected: plain(row.expected),
    counted: plain(row.counted),
    receivedNow: row.received === null ? null : plain(row.received),
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    answer: answerOf(row),
    quantity: row.quantity === null ? null : plain(row.quantity),
    note: row.note,
    answeredBy: row.answered_by,
    answeredAt: row.answered_at?.toISOString() ?? null,
  }
}
