import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { holdsFor } from '../consignments/permitting.ts'
import { statusLabel } from '../consignments/lifecycle.rules.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readFindings, type Found } from './findings.ts'
import { listCorrectedElsewhere, readStockSeenAt } from './findings.store.ts'
import { mustBeCount } from './scoping.actions.ts'
import { adjustmentsOf, groundsOf, type Adjustment } from './simulating.rules.ts'
import { findSimulation, insertSimulation } from './simulating.store.ts'
import { plain, sayTotals, sumUp } from './variances.actions.ts'
import { varianceOf, type Sums } from './variance.rules.ts'

/**
 * What posting would do: of every product of the frozen set what its stock would become. Posting takes the digest, as long
 * as a new simulation would have the same.
 */
export async function simulatePosting(context: Context, target: Target) {
  return withHead(context, target, {
    what: 'simulate posting',
    right: 'stocktakes:review',
    act: async (tx, head) => {
      const result = await simulate(tx, head)
      const by = context.actor.id
      const totals = sayTotals(result.sums, { currency: head.currency, seesCosts: true })
      const made = await insertSimulation(tx, { consignmentId: head.id, digest: result.digest, totals, by })
      const after = { digest: result.digest, adjustments: result.adjustments.length, totals }
      await note(tx, context, head.id, { action: 'stocktake.simulated', before: null, after })
      return { ...result, made }
    },
    answer: async (_, head, { findings, adjustments, sums, digest, made }) => ({
      id: head.id,
      number: head.number,
      status: head.status,
      version: head.version,
      digest,
      madeAt: made.made_at.toISOString(),
      changes: adjustments.length,
      totals: sayTotals(sums, { currency: head.currency, seesCosts: holdsFor(context.actor, 'costs:read', head) }),
      data: findings.map(becomingView),
    }),
  })
}

export type Simulated = { findings: Found[]; adjustments: Adjustment[]; sums: Sums; digest: string }

/**
 * On a document that is locked. Throws a Refusal (422) while lines are undecided, and while the mirror has not seen what
 * was sold up to the last count.
 */
export async function simulate(tx: Db, head: Head): Promise<Simulated> {
  mustBeCount(head)
  if (head.status !== 'RECEIVED') throw notUnderReview(head)
  const { findings, undecided } = await readFindings(tx, head)
  if (undecided > 0)
    throw new Refusal(
      'not_lawful',
      'lines_undecided',
      `${head.number} has ${undecided} lines that nobody counted: say of each whether it stays as it is, or there is none`,
      { undecided },
    )
  await mustHaveSeen(tx, head, findings)
  await mustStandAlone(tx, head, findings)
  const digest = createHash('sha256').update(groundsOf(findings)).digest('hex')
  return { findings, adjustments: adjustmentsOf(findings), sums: await sumUp(tx, head, findings), digest }
}

/** Nobody accepts, or approves, what he has not seen. Throws a Refusal (409). */
export async function mustBeAsSimulated(tx: Db, head: Head, { digest, result }: { digest: string; result: Simulated }) {
  const last = await findSimulation(tx, head.id)
  if (last && last.digest.startsWith(digest) && result.digest === last.digest) return last
  throw new Refusal(
    'conflict',
    'simulation_stale',
    `What posting ${head.number} would do has changed since, or nobody has seen it: simulate it again, look at it, and post that`,
    { yours: digest, lastSimulated: last?.digest ?? null, current: result.digest },
  )
}

/** Until the mirror has read the stock after the last count, what was sold before it may still be unknown. */
async function mustHaveSeen(tx: Db, { number }: Head, findings: readonly Found[]) {
  const last = Math.max(...findings.map(({ at }) => at?.getTime() ?? 0))
  const seen = await readStockSeenAt(tx)
  if (last === 0 || (seen !== null && seen.getTime() > last)) return
  throw new Refusal(
    'not_lawful',
    'mirror_behind',
    `${number} was counted until ${new Date(last).toISOString()}, and the mirror does not know the stock of that time yet: sync the inventory, or wait for it`,
    { countedUntil: new Date(last).toISOString(), stockSeenAt: seen?.toISOString() ?? null },
  )
}

/**
 * What another count has put right since it was counted here would be put right twice. Throws a Refusal (422) with the
 * lines that somebody has to look at again.
 */
async function mustStandAlone(tx: Db, { id, number, outlet_id: outletId }: Head, findings: readonly Found[]) {
  const looked = findings.flatMap(({ lineId, productId, at }) => (at === null ? [] : [{ lineId, productId, at }]))
  const twice = await listCorrectedElsewhere(tx, { id, outletId }, looked)
  const [first] = twice
  if (!first) return
  throw new Refusal(
    'not_lawful',
    'counted_elsewhere',
    `${first.number} has put right ${twice.length} products of ${number} since they were counted here: sync the inventory, and ask for a second look at these lines`,
    { lineIds: twice.map(({ lineId }) => lineId), by: [...new Set(twice.map((one) => one.number))] },
  )
}

function notUnderReview({ number, type, status }: Head): Refusal {
  const label = statusLabel(type, status).toLowerCase()
  return new Refusal(
    'not_lawful',
    'count_not_under_review',
    `${number} is ${label} (${status}): this is for a count that is under review (RECEIVED)`,
    { status },
  )
}

function becomingView(found: Found) {
  const variance = varianceOf(found)
  return {
    lineId: found.lineId,
    productId: found.productId,
    sku: found.sku,
    name: found.name,
    basis: found.basis,
    onHand: plain(found.onHand),
    adjustment: plain(variance),
    becomes: plain(found.onHand + variance),
  }
}
