import type { Taken } from '../consignments/consequences.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { findWaiting, listRequestLines, saveAgreed, saveAnswer, type RequestRow } from './requests.store.ts'

export type Asked = { head: Head; request: RequestRow }

type Told = Asked & { after: object; reason: string | null }

export function noteAnswer(tx: Db, context: Context, { head, request, after, reason }: Told) {
  const before = { requestId: request.id, askedBy: request.asked_by }
  return note(tx, context, head.id, { action: 'transfer.answered', before, after, reason: reason ?? undefined })
}

/** Who opens what was asked for has agreed to all of it; what is cancelled is asked of nobody. */
export async function followRequest(tx: Db, context: Context, { step, before }: Taken) {
  if (step.type !== 'OUTLET_TRANSFER' || (step.act !== 'open' && step.act !== 'cancel')) return
  const request = await findWaiting(tx, before.id)
  if (!request) return
  const answer = step.act === 'open' ? 'agreed' : 'withdrawn'
  if (answer === 'agreed') {
    const lines = await listRequestLines(tx, request.id)
    await saveAgreed(
      tx,
      request.id,
      lines.map(({ line_id: lineId, asked: quantity }) => ({ lineId, quantity, reason: null })),
    )
  }
  await saveAnswer(tx, request.id, { answer, actor: context.actor.id, reason: null })
  await noteAnswer(tx, context, { head: before, request, after: { answer }, reason: null })
}
