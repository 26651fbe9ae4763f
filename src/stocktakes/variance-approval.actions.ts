import type { Context } from '../context.ts'
import { holds, routeOf, type Routing } from '../consignments/approving.rules.ts'
import { listAuthorities, listTiers, mayApproveOwn } from '../consignments/authority.store.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { holdsFor } from '../consignments/permitting.ts'
import type { Db } from '../db/database.ts'
import { sayDecimal } from '../kernel/decimal.ts'
import { moneyOf, type Cents } from '../kernel/money.ts'
import { Refusal } from '../kernel/refusal.ts'
import { mustBeAsSimulated, simulate } from './simulating.actions.ts'
import { insertApproved, isApproved } from './variance-approval.store.ts'

/**
 * Approves differences above the limit, as a simulation showed them; another result has to be approved again. Throws a
 * Refusal (403) for whose limit does not reach, and for who made the simulation himself, (409) when it is stale.
 */
export async function approveVariance(
  context: Context,
  target: Target,
  { digest, reason }: { digest: string; reason?: string | undefined },
) {
  return withHead(context, target, {
    what: 'approve differences',
    right: 'stocktakes:review',
    act: async (tx, head) => {
      const result = await simulate(tx, head)
      const { made_by: madeBy } = await mustBeAsSimulated(tx, head, { digest, result })
      const { gross } = result.sums
      const routing = await routingAbove(tx, head, gross)
      if (routing) await mustDecide(tx, context, head, { routing, madeBy, gross })
      const said = { digest: result.digest, gross: sayDecimal(gross, 2, 2) }
      await insertApproved(tx, { consignmentId: head.id, ...said, reason: reason ?? null, by: context.actor.id })
      await note(tx, context, head.id, { action: 'stocktake.approved', before: null, after: said, reason })
      return { gross, whole: result.digest }
    },
    answer: async (_, head, { gross, whole }) => ({
      id: head.id,
      number: head.number,
      status: head.status,
      version: head.version,
      dryRun: target.dryRun === true,
      digest: whole,
      gross: holdsFor(context.actor, 'costs:read', head) ? moneyOf(gross, head.currency) : null,
    }),
  })
}

type Result = { digest: string; madeBy: string; gross: Cents }

/** Above the lowest limit for counts somebody else must have approved this result, or posts it whose limit reaches. */
export async function mustBeApproved(tx: Db, context: Context, head: Head, { digest, madeBy, gross }: Result) {
  const routing = await routingAbove(tx, head, gross)
  if (!routing || (await isApproved(tx, head.id, digest))) return
  await mustDecide(tx, context, head, { routing, madeBy, gross })
}

type Way = { mayDecide: Routing['mayDecide'] }

/** Who decides about so much; undefined where nobody has to. */
async function routingAbove(tx: Db, head: Head, gross: Cents): Promise<Way | undefined> {
  const tiers = (await listTiers(tx, head.type)).filter(
    (tier) => tier.outletId === null || tier.outletId === head.outlet_id,
  )
  const isSmall = tiers.some(({ upTo }) => upTo !== null) && tiers.every(({ upTo }) => holds(upTo, gross))
  if (tiers.length === 0 || isSmall) return undefined
  return routeOf(tiers, { total: gross, outletId: head.outlet_id, supplierId: null }) ?? { mayDecide: new Map() }
}

type Asked = { routing: Way; madeBy: string; gross: Cents }

async function mustDecide(tx: Db, { actor }: Context, head: Head, { routing, madeBy, gross }: Asked) {
  const seesCosts = holdsFor(actor, 'costs:read', head)
  const details = {
    roles: [...routing.mayDecide.keys()],
    ...(seesCosts ? { gross: moneyOf(gross, head.currency) } : {}),
  }
  const held = actor.scopes.includes('*')
    ? [{ onBehalfOf: null }]
    : (await listAuthorities(tx, actor.id, head.outlet_id)).filter(({ role }) => routing.mayDecide.has(role))
  if (held.length === 0)
    throw new Refusal(
      'not_lawful',
      'variance_not_approved',
      `The differences of ${head.number} pass the limit for counts, and ${actor.name} may not approve them`,
      details,
    )
  const isOthers = madeBy !== actor.id && held.some(({ onBehalfOf }) => onBehalfOf !== madeBy)
  if (isOthers || (await mayApproveOwn(tx))) return
  throw new Refusal(
    'not_lawful',
    'variance_not_approved',
    `The differences of ${head.number} pass the limit for counts, and ${actor.name} simulated them: somebody else approves`,
    details,
  )
}
