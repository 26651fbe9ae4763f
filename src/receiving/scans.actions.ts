import { must, type Context } from '../context.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { mustEdit } from '../consignments/editing.rules.ts'
import { withHead, type Target } from '../consignments/locked.actions.ts'
import { keyOf, knownHead } from '../consignments/reading.actions.ts'
import type { Db } from '../db/database.ts'
import { sayQuantity } from '../kernel/quantity.ts'
import { Refusal } from '../kernel/refusal.ts'
import { amendLines } from './amending.actions.ts'
import { subjectOf, type Tally } from './counting.rules.ts'
import { insertScans, type NewScan } from './counts.store.ts'
import { knownDelivery } from './deliveries.actions.ts'
import { judgeAll, type Accepted, type KnownScan, type Refused, type Verdict } from './judging.rules.ts'
import { resolveScans, type Resolved } from './resolving.actions.ts'
import type { ReadScan } from './scans.fields.ts'
import { readStored, readTallies } from './tallies.ts'
import { addUnexpected, whyNotTaken } from './unexpected.actions.ts'
import { countsView, fieldOf, verdictView, type VerdictView } from './scans.view.ts'

export type Scanning = { deliveryId: string; scans: readonly ReadScan[] }

/**
 * Counts what was scanned, each scan once, however often and in whatever company it comes. What is wrong with one is told
 * about that one, and the others count. Throws a Refusal (422) when not one of them could be taken.
 */
export async function countScans(context: Context, target: Target, { deliveryId, scans }: Scanning) {
  must(context.actor, 'consignments:receive')
  const key = keyOf(target.ref)
  const { id } = 'id' in key ? key : await knownHead(context, target.ref)
  const resolved = await resolveScans(context.database.db, id, scans)
  return withHead(context, target, {
    what: 'scan',
    right: 'consignments:receive',
    act: (tx, head) => countLocked(tx, context, head, { deliveryId, resolved }),
    answer: async (_, head, verdicts) => countsView(head, verdicts),
  })
}

type Counting = {
  deliveryId: string
  resolved: Resolved
  /** All or nothing, for who sits at a desk and can mend it at once. */
  isStrict?: boolean
}

/** The same on a document that is locked already. */
export async function countLocked(tx: Db, context: Context, head: Head, counting: Counting): Promise<VerdictView[]> {
  const { deliveryId, resolved, isStrict = false } = counting
  const delivery = await knownDelivery(tx, head, deliveryId)
  mustEdit(head, 'received')
  const { known, refused } = resolved
  const stored = await readStored(
    tx,
    known.map((one) => one.id),
  )
  const tallies = await readTallies(tx, head, delivery.id, known)
  const foreign = await refuseForeign(tx, known, tallies)
  const judged = judgeAll(
    known.filter(({ at }) => !foreign.some((one) => one.at === at)),
    { tallies, stored, deliveryId: delivery.id },
  )
  const verdicts = [...judged, ...refused, ...foreign]
  mustTakeSome(verdicts, isStrict)
  const accepted = verdicts.filter((one) => one.kind === 'accepted')
  const lineIds = await addUnexpected(tx, context, head, productsWithoutLine(accepted))
  await keep(tx, context, head, { deliveryId: delivery.id, accepted })
  if (head.status !== 'RECEIVING') {
    const productIds = accepted.flatMap(({ known: { productId } }) => productId ?? [])
    await amendLines(tx, context, head, { productIds, deliveryId: delivery.id, reason: 'Scanned after it had ended' })
  }
  return verdicts.toSorted((a, b) => a.at - b.at).map((one) => verdictView(one, lineIds))
}

/** Products that are not on the order and that Lightspeed cannot take in. */
async function refuseForeign(
  tx: Db,
  known: readonly KnownScan[],
  tallies: ReadonlyMap<string, Tally>,
): Promise<Refused[]> {
  const absent = known.filter((one) => one.productId !== null && !tallies.get(subjectOf(one))?.lineId)
  const wrong = await whyNotTaken(
    tx,
    absent.flatMap(({ productId }) => productId ?? []),
  )
  return absent.flatMap(({ at, id, by, productId }) => {
    const message = wrong.get(productId ?? '')
    return message === undefined ? [] : [{ kind: 'refused', at, id, field: by, message }]
  })
}

/** Of a request of which nothing can be taken its sender is told as of any other that is wrong. */
function mustTakeSome(verdicts: readonly Verdict[], isStrict: boolean) {
  if (verdicts.length === 0 || (isStrict ? verdicts.every(isTaken) : verdicts.some(isTaken))) return
  const issues = verdicts.flatMap((one) =>
    one.kind === 'refused' ? [{ field: fieldOf(one), message: one.message }] : [],
  )
  const said = issues.slice(0, 5).map(({ field, message }) => `${field}: ${message}`)
  throw new Refusal('not_valid', 'scans_not_valid', `Not taken: ${said.join('; ')}`, { issues })
}

const isTaken = ({ kind }: Verdict): boolean => kind !== 'refused'

function productsWithoutLine(accepted: readonly Accepted[]): Set<string> {
  return new Set(accepted.flatMap(({ known, tally }) => (tally.lineId === null ? (known.productId ?? []) : [])))
}

async function keep(
  tx: Db,
  { actor }: Context,
  head: Head,
  { deliveryId, accepted }: { deliveryId: string; accepted: readonly Accepted[] },
) {
  if (accepted.length === 0) return
  const rows = accepted.map(rowOf)
  const kept = await insertScans(tx, { consignmentId: head.id, deliveryId, actor: actor.id }, rows)
  if (kept === rows.length) return
  const message = 'Some of these scans were sent at the same moment for another document: make new ids for them'
  throw new Refusal('conflict', 'scan_ids_taken', message)
}

function rowOf({ known, state }: Accepted): NewScan {
  const { id, productId, code, quantity, units, condition, scannedAt, device } = known
  return {
    id,
    productId,
    code,
    quantity: sayQuantity(quantity),
    units: sayQuantity(units),
    condition,
    at: scannedAt,
    device,
    flag: state === 'counted' ? null : state,
  }
}
