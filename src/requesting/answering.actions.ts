import { changeConsignment } from '../consignments/consignments.store.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import type { Approval } from '../consignments/lifecycle.rules.ts'
import { withHead, type Target } from '../consignments/locked.actions.ts'
import { approvalNow } from '../consignments/needing.ts'
import { takeStepTo } from '../consignments/transitions.actions.ts'
import { mustAt, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { grantedOf, type Given } from './answering.rules.ts'
import { noteAnswer, type Asked } from './following.actions.ts'
import { knownWaiting, notLawful, requestOf } from './requests.actions.ts'
import { listRequestLines, planAsAgreed, saveAgreed, saveAnswer } from './requests.store.ts'

export type Answering =
  | { answer: 'agree'; lines: readonly Given[]; reason: string | null }
  | { answer: 'refuse'; reason: string }

/**
 * The answer of who has the goods, once. Agreed to, wholly or in part, the transfer is open with what was agreed to; refused
 * it stays a draft, which may be asked of another outlet.
 */
export async function answerRequest(context: Context, target: Target, wish: Answering) {
  return withHead(context, target, {
    what: `${wish.answer} to a request`,
    right: 'consignments:edit',
    act: async (tx, head) => {
      mustAt(context.actor, 'consignments:edit', [head.source_outlet_id ?? head.outlet_id])
      const request = await knownWaiting(tx, head)
      if (wish.answer === 'agree') await agree(tx, context, { head, request, ...wish })
      else await refuse(tx, context, { head, request, reason: wish.reason })
    },
    answer: (tx, head) => requestOf(tx, head),
  })
}

async function agree(
  tx: Db,
  context: Context,
  { head, request, lines, reason }: Asked & { lines: readonly Given[]; reason: string | null },
) {
  const asked = (await listRequestLines(tx, request.id)).map(({ line_id: lineId, asked: all }) => ({
    lineId,
    asked: all,
  }))
  const granted = grantedOf(asked, lines)
  if ('wrong' in granted) throw wrong(granted.field, granted.wrong)
  if (granted.isNothing) throw notLawful(head, 'nothing of it would be sent; refuse it, with the reason')
  await saveAgreed(tx, request.id, granted.lines)
  await planAsAgreed(tx, request.id)
  const answer = granted.isPart ? 'partly' : 'agreed'
  await saveAnswer(tx, request.id, { answer, actor: context.actor.id, reason })
  await noteAnswer(tx, context, { head, request, after: { answer, lines: granted.lines }, reason })
  if (isFree(await approvalNow(tx, head)))
    await takeStepTo(tx, context, head, { to: 'OPEN', reason: reason ?? undefined })
  else await changeConsignment(tx, head.id, {})
}

/** Where somebody has to approve it, that opens it. */
function isFree(approval: Approval): boolean {
  return approval === 'not_needed' || approval === 'approved'
}

async function refuse(tx: Db, context: Context, { head, request, reason }: Asked & { reason: string }) {
  await saveAnswer(tx, request.id, { answer: 'refused', actor: context.actor.id, reason })
  await changeConsignment(tx, head.id, {})
  await noteAnswer(tx, context, { head, request, after: { answer: 'refused' }, reason })
}
