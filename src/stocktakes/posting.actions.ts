import type { Context } from '../context.ts'
import { SafeCount } from '../bridge/safe-count.rules.ts'
import { holds, routeOf } from '../consignments/approving.rules.ts'
import { listAuthorities, listTiers } from '../consignments/authority.store.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { holdsFor } from '../consignments/permitting.ts'
import { takeStepTo } from '../consignments/transitions.actions.ts'
import type { Db } from '../db/database.ts'
import { moneyOf, type Cents } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { batchSize, requestOf, withReasons, type Reasons, type Sent } from './adjusting.rules.ts'
import { insertPosting } from './posting.store.ts'
import { readStocktake } from './scope.store.ts'
import { simulate, type Simulated } from './simulating.actions.ts'
import { findSimulation } from './simulating.store.ts'
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
      const result = await simulate(tx, head)
      const simulationId = await mustBeAsSimulated(tx, head, { digest, result })
      await mustBeApproved(tx, context, head, result.sums.gross)
      const safe = await mustBeSafe(tx, context, head)
      const sent = withReasons(result.adjustments, reasons)
      const posting = { consignmentId: head.id, simulationId, by: safe.facts.acceptedBy ?? context.actor.id }
      await insertPosting(tx, posting, { adjustments: sent, batchSize })
      await takeStepTo(tx, context, head, { to: 'CLOSED', reason: undefined })
      const after = { digest, adjustments: sent.length }
      await note(tx, context, head.id, { action: 'stocktake.posting_accepted', before: null, after })
      return sent
    },
    answer: async (_, head, sent) => ({
      id: head.id,
      number: head.number,
      status: head.status,
      version: head.version,
      lightspeed: head.link,
      digest,
      changes: sent.length,
      requests: requestsOf(head.outlet_id, sent),
    }),
  })
}

/** Nobody accepts what he has not seen. */
async function mustBeAsSimulated(tx: Db, head: Head, { digest, result }: { digest: string; result: Simulated }) {
  const last = await findSimulation(tx, head.id)
  if (last?.digest === digest && result.digest === digest) return last.id
  throw new Refusal(
    'conflict',
    'simulation_stale',
    `What posting ${head.number} would do has changed since, or nobody has seen it: simulate it again, look at it, and post that`,
    { yours: digest, lastSimulated: last?.digest ?? null, current: result.digest },
  )
}

/** Above the lowest limit for counts somebody must have approved it, or post it himself whose limit holds it. */
async function mustBeApproved(tx: Db, { actor }: Context, head: Head, gross: Cents) {
  const asked = { total: gross, outletId: head.outlet_id, supplierId: null }
  const tiers = (await listTiers(tx, head.type)).filter(
    (tier) => tier.outletId === null || tier.outletId === head.outlet_id,
  )
  const isSmall = tiers.some(({ upTo }) => upTo !== null) && tiers.every(({ upTo }) => holds(upTo, gross))
  if (tiers.length === 0 || isSmall || head.approval === 'approved') return
  const mayDecide = routeOf(tiers, asked)?.mayDecide
  const own = (await listAuthorities(tx, actor.id, head.outlet_id)).filter(({ onBehalfOf }) => onBehalfOf === null)
  if (mayDecide && (actor.scopes.includes('*') || own.some(({ role }) => mayDecide.has(role)))) return
  throw new Refusal(
    'not_lawful',
    'variance_not_approved',
    `The differences of ${head.number} pass the limit for counts, and ${actor.name} may not approve them`,
    {
      roles: [...(mayDecide?.keys() ?? [])],
      ...(holdsFor(actor, 'costs:read', head) ? { gross: moneyOf(gross, head.currency) } : {}),
    },
  )
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
