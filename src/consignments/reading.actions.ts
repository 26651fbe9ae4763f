import { withoutCosts } from '../audit/costs.rules.ts'
import { listEntries } from '../audit/entries.store.ts'
import { must, outletsOf, type Actor, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { cursorAt, placeOf } from '../jobs/place.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { findConsignment, readFacts, type Head, type Key } from './consignments.store.ts'
import { nameEnds, nameless, type Ends } from './ends.store.ts'
import { listRelatives, type Relatives } from './lineage.store.ts'
import { listLines } from './lines.store.ts'
import { listConsignments, sumLines, type ListFilter } from './listing.store.ts'
import { readNumber } from './number.rules.ts'
import { differences, productsOf, type Names } from './revisions.rules.ts'
import { listRevisions, namesOf, type RevisionRow } from './revisions.store.ts'
import type { Placed } from './permission.rules.ts'
import { holdsFor, mustFor } from './permitting.ts'
import { consignmentView, headView, type Sight } from './view.ts'

export type ConsignmentView = ReturnType<typeof consignmentView> & Relatives & Ends

/** Newest first, without lines; `next` is given back as `after` for the page that follows. */
export async function readConsignments(
  { database: { db }, actor }: Context,
  { after, limit, ...filter }: ListFilter & { after?: string | undefined; limit: number },
) {
  must(actor, 'consignments:read')
  const outlets = outletsOf(actor, 'consignments:read')
  const heads = await listConsignments(db, { ...filter, outlets }, { below: placeOf(after), limit })
  const data = await listedViews(db, heads, actor)
  const last = heads.length === limit ? heads.at(-1) : undefined
  return { data, next: last ? cursorAt({ at: last.place, id: last.id }) : null }
}

/** Documents as lists show them: with what they come to, and the names of their ends. */
export async function listedViews(db: Db, heads: readonly Head[], actor: Actor) {
  const ids = heads.map(({ id }) => id)
  const [sums, ends] = [await sumLines(db, ids), await nameEnds(db, heads)]
  return heads.map((head) => {
    const { lines = 0, quantity = '0', cost = '0.00' } = sums.get(head.id) ?? {}
    const amount = sightOf(actor, head).seesCosts ? { amount: cost, currency: head.currency } : null
    return Object.assign(headView(head), ends.get(head.id) ?? nameless, { totals: { lines, quantity, cost: amount } })
  })
}

/** One with its lines, by id or by number as people type it. Throws a Refusal (404) for an unknown one. */
export async function readConsignment(context: Context, ref: string): Promise<ConsignmentView> {
  return wholeView(context.database.db, await knownHead(context, ref), context.actor)
}

/** Its head, unlocked. Throws a Refusal (404) for an unknown one. */
export async function knownHead({ database: { db }, actor }: Context, ref: string): Promise<Head> {
  must(actor, 'consignments:read')
  const head = await findConsignment(db, keyOf(ref))
  if (!head) throw unknownConsignment(ref)
  mustFor(actor, 'consignments:read', head)
  return head
}

/** What happened to it, newest first, from the audit. */
export async function readTimeline(
  context: Context,
  ref: string,
  { before, limit }: { before: number | undefined; limit: number },
) {
  const head = await knownHead(context, ref)
  const rows = await listEntries(context.database.db, { entity: 'consignment', entityId: head.id, before, limit })
  const sight = sightOf(context.actor, head)
  return pageOf(rows, limit, { view: (row) => eventView(row, sight), after: (last) => String(last.id) })
}

/** What was changed after it was open, newest first, each in words. */
export async function readRevisions(context: Context, ref: string) {
  const { db } = context.database
  const head = await knownHead(context, ref)
  const rows = await listRevisions(db, head.id)
  const names = await namesOf(db, [...new Set(rows.flatMap(productsOf))])
  const sight = sightOf(context.actor, head)
  return { data: rows.map((row) => revisionView(row, { head, names, sight })), next: null }
}

type Event = { at: Date; actor: string; reason: string | null; before: unknown; after: unknown }

function eventView({ id, action, ...row }: Event & { id: number; action: string }, sight: Sight) {
  return { id, action, ...changeView(row, sight) }
}

type Reading = { head: Head; names: Names; sight: Sight }

function revisionView(row: RevisionRow, { head: { currency }, names, sight }: Reading) {
  const money = (amount: string | null) => (sight.seesCosts && amount !== null ? { amount, currency } : null)
  return {
    number: row.number,
    ...changeView(row, sight),
    changes: differences(row, names, sight.seesCosts),
    totalBefore: money(row.total_before),
    totalAfter: money(row.total_after),
    isForSupplier: row.is_for_supplier,
    toldAt: row.told_at?.toISOString() ?? null,
  }
}

/** States typed as unknown: the type of any JSON has no end, and every client's types would be computed down to it. */
function changeView({ at, actor, reason, before, after }: Event, { seesCosts }: Sight) {
  const states = seesCosts ? { before, after } : { before: withoutCosts(before), after: withoutCosts(after) }
  return { at: at.toISOString(), actor, reason, ...states }
}

/** As it stands now, read within a transaction or outside. */
export async function wholeView(db: Db, head: Head, actor: Actor): Promise<ConsignmentView> {
  const facts = await readFacts(db, head)
  const relatives = await listRelatives(db, head)
  const ends = (await nameEnds(db, [head])).get(head.id) ?? nameless
  const lines = await listLines(db, head.id)
  return { ...consignmentView(head, facts, lines, sightOf(actor, head)), ...ends, ...relatives }
}

/** What somebody typed, as an id or a number. Throws a Refusal (404) that says what is wrong with it. */
export function keyOf(ref: string): Key {
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(ref)) return { id: ref }
  const read = readNumber(ref)
  if ('number' in read) return { number: read.number }
  throw unknownConsignment(ref, `: ${read.wrong}`)
}

export function unknownConsignment(ref: string, why = ''): Refusal {
  return new Refusal('not_found', 'consignment_unknown', `There is no consignment ${ref}${why}`, { id: ref })
}

/** What somebody sees of this document. */
export function sightOf(actor: Actor, head: Placed): Sight {
  return { seesCosts: holdsFor(actor, 'costs:read', head) }
}
