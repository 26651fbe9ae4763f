import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { listProducts } from '../consignments/catalogue.store.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import { insertLines } from '../consignments/lines.store.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { Refusal } from '../kernel/refusal.ts'
import { sayQuantity, type Quantity } from '../kernel/quantity.ts'
import { knownBox, viewOf } from './boxes.actions.ts'
import { quantityOf, summed, tooMuch, type PackLine } from './contents.rules.ts'
import {
  addToBox,
  findPackLine,
  insertItems,
  knownItems,
  lockLinesOf,
  quantityIn,
  setInBox,
  type ItemEvent,
} from './contents.store.ts'
import { mustPack } from './holding.actions.ts'
import { listPacked } from './lines.store.ts'
import { lineWarnings } from './warnings.rules.ts'
import { resolveItems, type Item, type Resolved } from './resolving.actions.ts'

export type { Item } from './resolving.actions.ts'

type Result = {
  id: string
  state: 'packed' | 'repeated' | 'refused'
  lineId: string | null
  quantity: string | null
  refusal: ReturnType<typeof said> | null
}

/**
 * Puts items into a box. Each has an id of its sender's, so that a repeat adds nothing; an unknown code is told beside the
 * others, which are packed, and is a Refusal where nothing else came. Throws a Refusal (409) for who does not hold the lock.
 */
export async function packItems(
  context: Context,
  target: Target,
  { boxId, items }: { boxId: string; items: readonly Item[] },
) {
  const done: { results: Result[]; lineIds: string[] } = { results: [], lineIds: [] }
  return withHead(context, target, {
    what: `pack into box ${boxId}`,
    right: 'consignments:pack',
    act: async (tx, head) => {
      await mustPack(tx, context, head)
      await knownBox(tx, head, boxId)
      done.results = await putItems(tx, context, head, { boxId, items })
      done.lineIds = done.results.flatMap(({ lineId }) => lineId ?? [])
    },
    answer: async (tx, head) => ({
      results: done.results,
      box: await viewOf(tx, head, boxId),
      ...(await linesOf(tx, head, done.lineIds)),
    }),
  })
}

/** The same under the lock that somebody holds already. */
async function putItems(
  tx: Db,
  context: Context,
  head: Head,
  { boxId, items }: { boxId: string; items: readonly Item[] },
): Promise<Result[]> {
  const known = await knownItems(
    tx,
    head.id,
    items.map(({ id }) => id),
  )
  const fresh = items.filter(({ id }, at) => !known.has(id) && items.findIndex((one) => one.id === id) === at)
  const resolved = await resolveItems(tx, fresh)
  refuseIfNothingElse(items, resolved)
  const lines = await linesFor(tx, head, [...resolved.values()])
  const events = items.flatMap((item) => eventOf(item, resolved.get(item.id), lines))
  const unique = [...new Map(events.map((event) => [event.id, event])).values()]
  mustBeHeld(unique, items, lines)
  if (unique.length > 0) {
    await insertItems(tx, { consignmentId: head.id, boxId, actor: context.actor.id }, unique)
    await addToBox(tx, boxId, summed(unique))
    const after = { boxId, items: unique.map((event) => ({ ...event, quantity: sayQuantity(event.quantity) })) }
    await note(tx, context, head.id, { action: 'consignment.items_packed', before: null, after })
  }
  return resultsOf(items, { known, resolved, events: unique })
}

/** Says how much of a line is in a box; 0 takes it out. */
export async function setItem(
  context: Context,
  target: Target,
  { boxId, lineId, quantity }: { boxId: string; lineId: string; quantity: string },
) {
  return withHead(context, target, {
    what: `set a line in box ${boxId}`,
    right: 'consignments:pack',
    act: async (tx, head) => {
      await mustPack(tx, context, head)
      await knownBox(tx, head, boxId)
      const line = await findPackLine(tx, head.id, lineId)
      if (!line) throw new Refusal('not_found', 'line_unknown', `${head.number} has no line ${lineId}`)
      const before = await quantityIn(tx, boxId, lineId)
      const after = quantityOf(quantity)
      const much = tooMuch(line, after - before)
      if (much !== undefined) throw wrong('quantity', much)
      await setInBox(tx, boxId, { lineId, quantity: after })
      const at = { boxId, lineId }
      await note(tx, context, head.id, {
        action: 'consignment.item_set',
        before: { ...at, quantity: sayQuantity(before) },
        after: { ...at, quantity: sayQuantity(after) },
      })
    },
    answer: async (tx, head) => ({
      box: await viewOf(tx, head, boxId),
      ...(await linesOf(tx, head, [lineId])),
    }),
  })
}

/** What nobody planned becomes a line of its own, of which nothing is planned. */
async function linesFor(tx: Db, head: Head, resolved: readonly Resolved[]): Promise<Map<string, PackLine>> {
  const productIds = [...new Set(resolved.flatMap((one) => ('productId' in one ? one.productId : [])))]
  const there = await lockLinesOf(tx, head.id, productIds)
  const missing = productIds.filter((id) => !there.some(({ productId }) => productId === id))
  const known = new Map((await listProducts(tx, missing)).map((product) => [product.id, product]))
  const lines = missing.map((productId) => {
    if (!known.has(productId)) throw wrong('productId', `there is no product ${productId} in the mirror`)
    return { productId, quantity: '0', unitCost: null, packSize: null, supplierCode: null }
  })
  if (lines.length === 0) return byProduct(there)
  await insertLines(tx, head, lines, 'unexpected')
  return byProduct(await lockLinesOf(tx, head.id, productIds))
}

/** How far these lines are packed now, and what is odd about that. */
async function linesOf(tx: Db, head: Head, lineIds: readonly string[]) {
  const lines = await listPacked(tx, head.id, lineIds)
  const warnings = lines.flatMap(({ lineId, sku, productId, planned, packed }) =>
    lineWarnings({ lineId, name: sku ?? productId, planned: quantityOf(planned), packed: quantityOf(packed) }),
  )
  return { lines, warnings }
}

function byProduct(lines: readonly PackLine[]): Map<string, PackLine> {
  return new Map(lines.map((line) => [line.productId, line]))
}

function eventOf(item: Item, resolved: Resolved | undefined, lines: ReadonlyMap<string, PackLine>): ItemEvent[] {
  if (!resolved || !('productId' in resolved)) return []
  const line = lines.get(resolved.productId)
  return line ? [{ id: item.id, lineId: line.lineId, quantity: resolved.quantity, code: item.code ?? null }] : []
}

function mustBeHeld(events: readonly ItemEvent[], items: readonly Item[], lines: ReadonlyMap<string, PackLine>) {
  const more = new Map<string, Quantity>(summed(events).map(({ lineId, quantity }) => [lineId, quantity]))
  for (const line of lines.values()) {
    const much = tooMuch(line, more.get(line.lineId) ?? 0n)
    if (much === undefined) continue
    const first = events.find(({ lineId }) => lineId === line.lineId)
    throw wrong(`items.${items.findIndex(({ id }) => id === first?.id)}.quantity`, much)
  }
}

function refuseIfNothingElse(items: readonly Item[], resolved: ReadonlyMap<string, Resolved>) {
  const refusals = [...resolved.values()].flatMap((one) => ('refusal' in one ? one.refusal : []))
  const [first] = refusals
  if (first && refusals.length === items.length) throw first
}

type Outcome = {
  known: ReadonlyMap<string, string>
  resolved: ReadonlyMap<string, Resolved>
  events: readonly ItemEvent[]
}

function resultsOf(items: readonly Item[], { known, resolved, events }: Outcome): Result[] {
  const told = new Set<string>()
  return items.map(({ id }) => {
    const result = { id, lineId: null, quantity: null, refusal: null }
    const one = resolved.get(id)
    if (one && 'refusal' in one) return { ...result, state: 'refused', refusal: said(one.refusal) }
    const event = events.find((packed) => packed.id === id)
    const lineId = event?.lineId ?? known.get(id) ?? null
    const state = event && !told.has(id) ? 'packed' : 'repeated'
    told.add(id)
    return { ...result, state, lineId, quantity: event ? sayQuantity(event.quantity) : null }
  })
}

function said({ code, message }: Refusal) {
  return { code, message }
}
