import { listStock, lockStock } from '../availability/availability.store.ts'
import { sourceOf } from '../availability/source.rules.ts'
import type { Taken } from '../consignments/consequences.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note } from '../consignments/locked.actions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { listBoxes, listItems } from './boxes.store.ts'
import { boxesView } from './boxes.view.ts'
import { openOf, warningsOf, type Warning } from './warnings.rules.ts'
import { listLeaving, listPassed, savePassed, signedOf } from './warnings.store.ts'

/** What is odd about a document that would be closed or sent now. */
async function readWarnings(db: Db, head: Head): Promise<Warning[]> {
  const lines = await listLeaving(db, head.id)
  const source = sourceOf(head)
  const productIds = lines.map(({ productId }) => productId)
  const stock = source === undefined ? [] : await listStock(db, source, { productIds, except: head.id })
  const available = new Map(stock.map((one) => [one.productId, signedOf(one.available)]))
  const boxes = boxesView(await listBoxes(db, head.id), await listItems(db, head.id))
  return warningsOf(
    lines.map((line) => Object.assign(line, { available: available.get(line.productId) })),
    boxes.map(({ items, ...box }) => Object.assign(box, { hasItems: items.length > 0 })),
  )
}

/** Those that a step would ask about: what was passed when the boxes were closed is not asked again when they leave. */
export async function warningsBefore(db: Db, head: Head, act: string): Promise<Warning[]> {
  if (!isAsked(head, act)) return []
  const passed = act === 'send' ? await listPassed(db, head.id) : []
  return openOf(await readWarnings(db, head), passed)
}

/**
 * Has the warnings of a step passed, and keeps who passed them. Throws a Refusal (422) with those that nobody passed; where
 * nobody could be asked they are only kept.
 */
export async function passWarnings(tx: Db, context: Context, { step, before, accepted }: Taken) {
  const { act } = step
  if (!isAsked(before, act)) return
  const source = sourceOf(before)
  if (source !== undefined) await lockStock(tx, source)
  const warnings = await warningsBefore(tx, before, act)
  const open = accepted ? openOf(warnings, accepted) : []
  if (open.length > 0) throw notPassed(before, open)
  if (warnings.length === 0) return
  await savePassed(
    tx,
    { consignmentId: before.id, act: act === 'send' ? act : 'seal', actor: context.actor.id },
    warnings,
  )
  const after = { act, wereAsked: accepted !== undefined, warnings }
  await note(tx, context, before.id, { action: 'consignment.warnings_passed', before: null, after })
}

function isAsked({ type }: Head, act: string): boolean {
  return (type === 'OUTLET_TRANSFER' || type === 'SUPPLIER_RETURN') && (act === 'seal' || act === 'send')
}

function notPassed({ number }: Head, open: readonly Warning[]): Refusal {
  const [first] = open
  const rest = open.length > 1 ? `, and ${open.length - 1} more` : ''
  return new Refusal(
    'not_lawful',
    'warnings_open',
    `${number}: ${first?.message}${rest}. Look, and then pass them by their codes: ${codesOf(open).join(', ')}`,
    { warnings: open },
  )
}

function codesOf(warnings: readonly Warning[]): string[] {
  return [...new Set(warnings.map(({ code }) => code))]
}
