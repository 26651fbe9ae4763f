import type { Context } from '../context.ts'
import { SafeCount } from '../bridge/safe-count.rules.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { takeStepTo } from '../consignments/transitions.actions.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { batchSize, requestOf, withReasons, type Reasons, type Sent } from './adjusting.rules.ts'
import { insertPosting, lockPosting } from './posting.store.ts'
import { readStocktake } from './scope.store.ts'
import { mustBeAsSimulated, simulate } from './simulating.actions.ts'
import { mustBeApproved } from './variance-approval.actions.ts'
import { plain } from './variances.actions.ts'

export type Acceptance = { digest: string; reasons: Reasons }

/**
 * Accepts a simulation as somebody has seen it, and posts it: Lightspeed is told of each difference, and of nothing else.
 * Throws a Refusal (409) when a new simulation would have another result, (422) while the count is not safe.
 */
export async function postCount(context: Context, target: Target, { digest, reasons }: Acceptance) {
  return withHead(context, target, {
    what: 'post',
    right: 'stocktakes:review',
    act: async (tx, head) => {
      await lockPosting(tx, head.outlet_id)
      const result = await simulate(tx, head)
      const simulation = await mustBeAsSimulated(tx, head, { digest, result })
      await mustBeApproved(tx, context, head, {
        digest: result.digest,
        madeBy: simulation.made_by,
        gross: result.sums.gross,
      })
      const safe = await mustBeSafe(tx, context, head)
      const sent = withReasons(result.adjustments, reasons)
      const posting = {
        consignmentId: head.id,
        simulationId: simulation.id,
        by: safe.facts.acceptedBy ?? context.actor.id,
      }
      await insertPosting(tx, posting, { adjustments: sent, batchSize })
      await takeStepTo(tx, context, head, { to: 'CLOSED', reason: undefined })
      const after = { digest: result.digest, adjustments: sent.length }
      await note(tx, context, head.id, { action: 'stocktake.posting_accepted', before: null, after })
      return { sent, digest: result.digest }
    },
    answer: async (_, head, { sent, digest: whole }) => ({
      id: head.id,
      number: head.number,
      status: head.status,
      version: head.version,
      lightspeed: head.link,
      digest: whole,
      changes: sent.length,
      requests: requestsOf(head.outlet_id, sent),
    }),
  })
}

async function mustBeSafe(tx: Db, { actor }: Context, head: Head): Promise<SafeCount> {
  const { frozenAt } = await readStocktake(tx, head.id)
  const safe = SafeCount.of({ frozenAt, undecidedLines: 0, acceptedBy: actor.id })
  if (safe) return safe
  throw new Refusal('not_lawful', 'count_not_safe', `The products of ${head.number} were never frozen`)
}

function requestsOf(outletId: string, sent: readonly Sent[]) {
  const lines = sent.map(({ productId, quantity, reason }) => ({ productId, quantity: plain(quantity), reason }))
  const batches = Array.from({ length: Math.ceil(lines.length / batchSize) }, (_, at) =>
    lines.slice(at * batchSize, (at + 1) * batchSize),
  )
  return batches.map((batch) => requestOf(outletId, batch))
}
