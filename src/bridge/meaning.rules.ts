import type { Facts, Status, Step, Type } from '../consignments/lifecycle.rules.ts'
import { observe, tellsShipped } from '../consignments/observing.rules.ts'
import type { Quantity } from '../kernel/quantity.ts'
import {
  foreignFields,
  foreignLines,
  isCountedByUs,
  isOwnStatus,
  sayForeign,
  sayForeignField,
  type Foreign,
  type Known,
} from './merging.rules.ts'
import type { There, Wanted } from './sides.rules.ts'

/** A look at Lightspeed, beside all that we know. */
export type Look = {
  type: Type
  status: Status
  isShipped: boolean
  facts: Facts
  known: Known
  /** What Lightspeed said when both sides last agreed, or when it had confirmed that all was received. */
  agreedStatus: string | null
  there: There
  wanted: Wanted
  /** Products that are being counted here, and not written into the document yet. */
  counting: ReadonlySet<string>
}

/**
 * What was seen means for the document. `nothing`: all of it is our own doing. `adopt`: somebody went forward there; the
 * steps, what arrived and that it was shipped are taken over. `conflict`: somebody must choose, and why. `unknown`: a
 * status that nobody knows is kept and shown.
 */
export type Meaning =
  | { kind: 'nothing' }
  | { kind: 'adopt'; steps: Step[]; arrived: Arrived[]; isShipped: boolean }
  | { kind: 'conflict'; reasons: string[] }
  | { kind: 'unknown'; reasons: string[] }

export type Arrived = { productId: string; received: Quantity }

export function meaningOf(look: Look): Meaning {
  const { type, status, facts, there, agreedStatus: agreed } = look
  const remoteHasReceived = there.lines.some(({ received }) => received > 0n)
  const seen = observe({ type, status, facts, remote: there.status, agreed, remoteHasReceived })
  if (seen.kind === 'unknown')
    return { kind: 'unknown', reasons: [`Lightspeed says ${seen.remote}, which Consign does not know`] }
  const steps = seen.kind === 'forward' ? seen.steps : []
  const foreign = foreignLines(there, look.known)
  const end = steps.at(-1)?.to ?? status
  const arrived = foreign.flatMap((one) =>
    isOurs(one, look, end) ? [{ productId: one.productId, received: one.now }] : [],
  )
  const taken = new Set(arrived.map(({ productId }) => productId))
  const strange = foreign.filter((one) => one.kind !== 'received' || !taken.has(one.productId))
  const isWrong = seen.kind === 'conflict' && (agreed === 'RECEIVED' || !isOwnStatus(there, look.known))
  const fields = foreignFields(there, look.wanted.header, look.known).map(sayForeignField)
  const reasons = [...(isWrong ? [wentWrong(look)] : []), ...fields, ...strange.map(sayForeign)]
  if (reasons.length > 0) return { kind: 'conflict', reasons }
  const isShipped = !look.isShipped && status === 'SENT' && tellsShipped({ type, remote: there.status })
  if (steps.length === 0 && arrived.length === 0 && !isShipped) return { kind: 'nothing' }
  return { kind: 'adopt', steps, arrived, isShipped }
}

const receives: ReadonlySet<Status> = new Set(['RECEIVING', 'PARTIAL', 'RECEIVED'])

/** What arrived there is taken over where nobody has counted the same product here: else it may be the same goods. */
function isOurs(
  one: Foreign,
  { known, wanted, counting, type }: Look,
  end: Status,
): one is Extract<Foreign, { kind: 'received' }> {
  if (one.kind !== 'received' || type === 'SUPPLIER_RETURN' || !receives.has(end)) return false
  const line = wanted.lines.find(({ productId }) => productId === one.productId)
  if (!line || counting.has(one.productId)) return false
  const { agreed, attempted } = known
  return !isCountedByUs(one.productId, line.received, { agreed, attempted: attempted.slice(0, -1) })
}

function wentWrong({ agreedStatus, there, status }: Look): string {
  if (agreedStatus === 'RECEIVED') return `Lightspeed fell back from RECEIVED to ${there.status}`
  return `Lightspeed says ${there.status}, where it was ${agreedStatus ?? 'not there'} and this is ${status}`
}
