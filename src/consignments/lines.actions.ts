import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { keepReturnable } from '../returning/limits.actions.ts'
import { askAgainIfOver } from './approving.actions.ts'
import { listProducts } from './catalogue.store.ts'
import { changeConsignment, type Head } from './consignments.store.ts'
import { mustNotRepeat, wrong } from './drafting.rules.ts'
import { mayEdit, mustEdit } from './editing.rules.ts'
import type { Type } from './lifecycle.rules.ts'
import {
  changeLine,
  deleteLine,
  findLine,
  insertLines,
  productsIn,
  type LineChange,
  type NewLine,
} from './lines.store.ts'
import { mustNotWait, note, withLocked, type Target } from './locked.actions.ts'
import { approvalNow } from './needing.ts'
import { mustNotBeAsked } from '../requesting/waiting.actions.ts'
import type { ConsignmentView } from './reading.actions.ts'
import { beforeAmending, mustSayWhy, revise, type Before } from './revising.ts'

/** Adds lines; while goods are being received, such as nobody planned. */
export async function addLines(
  context: Context,
  target: Target,
  { lines, reason }: { lines: readonly NewLine[]; reason: string | undefined },
): Promise<ConsignmentView> {
  mustNotRepeat(lines.map(({ productId }) => productId))
  return withLocked(context, target, {
    what: 'add lines',
    right: 'consignments:edit',
    act: async (tx, head) => {
      mustNotWait(context, head)
      await mustNotBeAsked(tx, head)
      const isUnexpected = mayEdit(head, 'add_unexpected')
      mustEdit(head, isUnexpected ? 'add_unexpected' : 'add_line')
      if (isUnexpected) mustBeUnplanned(lines)
      else mustSayWhy(head, reason)
      await mustKnowProducts(tx, head.type, lines)
      await mustBeNew(tx, head, lines)
      const was = await beforeAmending(tx, head)
      await insertLines(tx, head, lines, isUnexpected ? 'unexpected' : 'planned')
      await amended(tx, context, was, { action: 'consignment.lines_added', before: null, after: lines, reason })
    },
  })
}

/** Changes what is planned in a line. Set to 0 is how an approved line goes. */
export async function editLine(
  context: Context,
  target: Target,
  { lineId, change, reason }: { lineId: string; change: LineChange; reason: string | undefined },
): Promise<ConsignmentView> {
  return withLocked(context, target, {
    what: `edit line ${lineId}`,
    right: 'consignments:edit',
    act: async (tx, head) => {
      mustNotWait(context, head)
      await mustNotBeAsked(tx, head)
      mustEdit(head, 'change_line')
      mustSayWhy(head, reason)
      const before = await knownLine(tx, head, lineId)
      const was = await beforeAmending(tx, head)
      await changeLine(tx, lineId, change)
      await keepReturnable(tx, head, lineId)
      const after = await knownLine(tx, head, lineId)
      await amended(tx, context, was, { action: 'consignment.line_changed', before, after, reason })
    },
  })
}

/** Takes a line out of a draft. */
export async function removeLine(context: Context, target: Target, lineId: string): Promise<ConsignmentView> {
  return withLocked(context, target, {
    what: `remove line ${lineId}`,
    right: 'consignments:edit',
    act: async (tx, head) => {
      mustNotWait(context, head)
      await mustNotBeAsked(tx, head)
      mustEdit(head, 'remove_line')
      const before = await knownLine(tx, head, lineId)
      const was = await beforeAmending(tx, head)
      await deleteLine(tx, lineId)
      await amended(tx, context, was, { action: 'consignment.line_removed', before, after: null, reason: undefined })
    },
  })
}

/** Throws a Refusal (422) that names the first line whose product cannot be moved. */
export async function mustKnowProducts(tx: Db, type: Type, lines: readonly Pick<NewLine, 'productId'>[]) {
  if (lines.length === 0) return
  const products = await listProducts(
    tx,
    lines.map(({ productId }) => productId),
  )
  const known = new Map(products.map((product) => [product.id, product]))
  for (const [at, { productId }] of lines.entries()) {
    const field = `lines.${at}.productId`
    const product = known.get(productId)
    if (!product) throw wrong(field, `there is no product ${productId} in the mirror`)
    if (product.isGone) throw wrong(field, `the product ${productId} was deleted in Lightspeed`)
    if (product.isComposite && type === 'PURCHASE_ORDER')
      throw wrong(field, `${productId} is a composite; order what it is made of`)
  }
}

/** Notes a change of the lines: in the audit, in the version of the document, and from OPEN on as a revision. */
export async function amended(
  tx: Db,
  context: Context,
  was: Before,
  what: { action: string; before: unknown; after: unknown; reason: string | undefined },
) {
  const { head } = was
  const approval = await approvalNow(tx, head)
  const touched = await changeConsignment(tx, head.id, approval === head.approval ? {} : { approval })
  await note(tx, context, head.id, what)
  await revise(tx, context, was, what)
  await askAgainIfOver(tx, context, touched, new Date())
}

function mustBeUnplanned(lines: readonly NewLine[]) {
  const planned = lines.findIndex(({ quantity }) => Number(quantity) !== 0)
  if (planned >= 0)
    throw wrong(`lines.${planned}.quantity`, 'nothing can be planned any more; give 0, and count what came')
}

async function mustBeNew(tx: Db, head: Head, lines: readonly NewLine[]) {
  const [there] = await productsIn(
    tx,
    head.id,
    lines.map(({ productId }) => productId),
  )
  const at = lines.findIndex(({ productId }) => productId === there)
  if (at >= 0) throw wrong(`lines.${at}.productId`, `${there} is in ${head.number} already; change that line`)
}

async function knownLine(tx: Db, head: Head, lineId: string) {
  const line = await findLine(tx, head.id, lineId)
  if (line) return line
  throw new Refusal('not_found', 'line_unknown', `${head.number} has no line ${lineId}`)
}
