import type { Context } from '../context.ts'
import { mustEdit } from '../consignments/editing.rules.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { knownLine } from './amending.actions.ts'
import { mustBeReceivable } from './receivable.rules.ts'
import { lineAnswer } from './receipt.actions.ts'
import type { VarianceReason } from './variances.rules.ts'
import { saveVariance } from './variances.store.ts'

export type Explaining = { lineId: string; reason: VarianceReason | null; note: string | null }

/** Says why a line came otherwise than expected, or (null) takes that back. Answers the line. */
export async function explainVariance(context: Context, target: Target, { lineId, reason, note: words }: Explaining) {
  return withHead(context, target, {
    what: `explain line ${lineId}`,
    right: 'consignments:receive',
    act: async (tx, head) => {
      mustBeReceivable(head)
      mustEdit(head, 'received')
      const line = await knownLine(tx, head, lineId)
      const said = { lineId, reason, note: words, actor: context.actor.id }
      const before = await saveVariance(tx, head.id, said)
      const after = { lineId, productId: line.product_id, reason, note: words }
      await note(tx, context, head.id, { action: 'consignment.variance_explained', before, after })
    },
    answer: (tx, head) => lineAnswer(tx, head, lineId),
  })
}
