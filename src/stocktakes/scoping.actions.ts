import type { Context } from '../context.ts'
import { changeConsignment, type Head } from '../consignments/consignments.store.ts'
import { wrong } from '../consignments/drafting.rules.ts'
import { mustEdit } from '../consignments/editing.rules.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import { typeName } from '../consignments/lifecycle.rules.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { countLines } from './counts.store.ts'
import { listPicks } from './daily.store.ts'
import type { Scope } from './scope.rules.ts'
import { countFound, listUnknownValues, readStocktake, saveScope } from './scope.store.ts'

/** What a count is about, and how many products that is: of a draft now, later as they were frozen. */
export async function readScope(context: Context, ref: string) {
  const head = await knownHead(context, ref)
  mustBeCount(head)
  return scopeView(context.database.db, head)
}

/** Says what a draft is about, or with `dryRun` only how many products that would be. */
export async function setScope(context: Context, target: Target, scope: Scope) {
  return withHead(context, target, {
    what: 'scope',
    right: 'consignments:edit',
    act: async (tx, head) => {
      mustBeCount(head)
      mustEdit(head, 'parties')
      await mustKnowValues(tx, scope)
      const before = await readStocktake(tx, head.id)
      await saveScope(tx, head.id, scope)
      await changeConsignment(tx, head.id, {})
      await note(tx, context, head.id, { action: 'stocktake.scoped', before: sayScope(before), after: sayScope(scope) })
    },
    answer: scopeView,
  })
}

/** Throws a Refusal (422) for what is no count. */
export function mustBeCount({ type, number }: Pick<Head, 'type' | 'number'>) {
  if (type === 'STOCKTAKE') return
  throw new Refusal('not_lawful', 'not_a_stocktake', `${number} is a ${typeName(type)}, and nothing is counted in it`, {
    type,
  })
}

async function mustKnowValues(tx: Db, scope: Scope) {
  const [unknown] = await listUnknownValues(tx, scope)
  const at = scope.filters.findIndex(({ value }) => value === unknown)
  const filter = scope.filters[at]
  if (filter) throw wrong(`filters.${at}.value`, `there is no ${filter.type} ${filter.value} in the mirror`)
}

async function scopeView(db: Db, head: Head) {
  const stocktake = await readStocktake(db, head.id)
  const [lines, picks] = await Promise.all([countLines(db, head.id), listPicks(db, head.id)])
  const isOpen = head.status === 'DRAFT'
  return {
    id: head.id,
    number: head.number,
    status: head.status,
    version: head.version,
    ...sayScope(stocktake),
    dailyOn: stocktake.dailyOn,
    /** Of the list of a day: why each product is on it. */
    picks: picks.map(({ productId, why }) => ({ productId, why })),
    frozenAt: stocktake.frozenAt?.toISOString() ?? null,
    lines,
    /** Of a draft: what the filters find now; products that are lines already are among them. */
    products: isOpen ? await countFound(db, stocktake) : lines,
  }
}

function sayScope({ isFull, filters, includesInactive, isBlind, tolerance }: Scope) {
  return {
    full: isFull,
    filters: filters.map(({ type, value }) => ({ type, value })),
    includeInactive: includesInactive,
    blind: isBlind,
    tolerance,
  }
}
