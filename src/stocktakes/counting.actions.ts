import { must, type Context } from '../context.ts'
import { changeConsignment, type Head } from '../consignments/consignments.store.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import { mustEdit } from '../consignments/editing.rules.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { takeStepTo } from '../consignments/transitions.actions.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { resolveCodes } from '../products/resolving.actions.ts'
import { inUnits, mostCounted, onOurClock, plainQuantity } from './counting.rules.ts'
import type { Scan } from './counting.fields.ts'
import { findForeignScan, insertScans, saveCounted, sumCounts, type Count, type StoredScan } from './counts.store.ts'
import { mustBeCount } from './scoping.actions.ts'

export type Counting = { scans: readonly Scan[]; sentAt: Date | undefined; now: Date }

/**
 * Adds what somebody counted; counts of several people add up, and what was sent before is nothing. Whoever counts first
 * begins the count. What is not in the document is kept beside it. What codes mean is looked up before the document is
 * locked: others count meanwhile.
 */
export async function addCounts(context: Context, target: Target, counting: Counting) {
  must(context.actor, 'consignments:receive')
  const scans = toStore(counting)
  const known = await resolved(context.database.db, scans)
  return withHead(context, target, {
    what: 'count',
    right: 'consignments:receive',
    act: async (tx, head) => {
      mustBeCount(head)
      const open = head.status === 'OPEN' ? await takeStepTo(tx, context, head, beginning) : head
      mustEdit(open, 'received')
      return store(tx, context, open, known)
    },
    answer: async (_, { id, number, status, version }, { stored, counts }) => ({
      id,
      number,
      status,
      version,
      stored: stored.length,
      repeated: scans.length - stored.length,
      counts: counts.map(countView),
      unknown: known.flatMap((scan) => (scan.productId === null ? [{ id: scan.id, code: scan.code }] : [])),
    }),
  })
}

const beginning = { to: 'RECEIVING', reason: undefined } as const

async function store(tx: Db, context: Context, head: Head, known: readonly StoredScan[]) {
  const stored = await insertScans(tx, { consignmentId: head.id, actor: context.actor.id }, known)
  if (stored.length < known.length) await mustBeOurs(tx, head, known)
  const products = productsIn(known)
  const counts = await sumCounts(tx, head.id, products)
  mustStayLawful(counts, known)
  if (head.status === 'RECEIVED' && stored.length > 0) await countLate(tx, context, head, products)
  return { stored, counts }
}

/** With the product that a code stands for, and in its units: the code of a case counts what is in it. */
async function resolved(db: Db, scans: readonly StoredScan[]): Promise<StoredScan[]> {
  const codes = codesIn(scans)
  if (codes.length === 0) return [...scans]
  const meanings = await resolveCodes(db, codes)
  return scans.map((scan, place) => {
    const meant = scan.productId === null ? meanings.get(scan.code ?? '') : undefined
    if (meant?.kind !== 'product') return scan
    const quantity = inUnits(scan.quantity, meant.units)
    if (quantity === undefined) throw wrong(`scans.${place}.quantity`, 'what is in so many cases is a million or more')
    return Object.assign({}, scan, { productId: meant.productId, quantity })
  })
}

/** A phone that had no signal sends its counts when the document is under review already. */
async function countLate(tx: Db, context: Context, head: Head, productIds: readonly string[]) {
  if ((await saveCounted(tx, head.id, productIds)) === 0) return
  await changeConsignment(tx, head.id, {})
  await note(tx, context, head.id, { action: 'stocktake.counted_late', before: null, after: { productIds } })
}

async function mustBeOurs(tx: Db, { id, number }: Head, scans: readonly StoredScan[]) {
  const foreign = await findForeignScan(
    tx,
    id,
    scans.map((scan) => scan.id),
  )
  if (foreign === undefined) return
  throw new Refusal(
    'conflict',
    'scan_of_another',
    `The scan ${foreign} was counted in another document than ${number}`,
    {
      id: foreign,
    },
  )
}

function mustStayLawful(counts: readonly Count[], scans: readonly StoredScan[]) {
  const over = counts.find(({ counted }) => Number(counted) >= mostCounted)
  if (!over) return
  const at = scans.findLastIndex(({ productId }) => productId === over.productId)
  throw wrong(`scans.${at}.quantity`, `with it ${over.counted} were counted; a quantity is less than a million`)
}

function toStore({ scans, sentAt, now }: Counting): StoredScan[] {
  const seen = new Set<string>()
  return scans.flatMap(({ id, code = null, productId = null, quantity, at, area = null, device = null }, place) => {
    const time = onOurClock(at, { sentAt, now })
    if ('wrong' in time) throw wrong(`scans.${place}.at`, time.wrong)
    if (seen.has(id)) return []
    seen.add(id)
    return [{ id, code, productId, quantity, at: time.at, area, device }]
  })
}

function codesIn(scans: readonly StoredScan[]): string[] {
  return [...new Set(scans.flatMap(({ code, productId }) => (productId === null && code !== null ? [code] : [])))]
}

function productsIn(scans: readonly StoredScan[]): string[] {
  return [...new Set(scans.flatMap(({ productId }) => productId ?? []))]
}

function countView({ productId, lineId, counted }: Count) {
  return { productId, lineId, counted: plainQuantity(counted), isUndirected: lineId === null }
}
