import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { Head } from '../consignments/consignments.store.ts'
import { note, withHead, type Target } from '../consignments/locked.actions.ts'
import { knownHead } from '../consignments/reading.actions.ts'
import { Refusal } from '../kernel/refusal.ts'
import { sayQuantity } from '../kernel/quantity.ts'
import {
  changeBox,
  deleteBoxes,
  insertBox,
  listBoxes,
  listItems,
  ownerOfBox,
  type BoxChange,
  type BoxRow,
} from './boxes.store.ts'
import { boxesView, boxView, type BoxView } from './boxes.view.ts'
import { quantityOf } from './contents.rules.ts'
import { recountPacked } from './contents.store.ts'
import { mustPack } from './holding.actions.ts'

/** As many boxes as one document may have. */
const mostBoxes = 999

/** Every box of a document with its contents. */
export async function readBoxes(context: Context, ref: string) {
  const { id } = await knownHead(context, ref)
  return boxesOf(context.database.db, id)
}

/** The same of a document that one may look at, in a transaction or outside. */
export async function boxesOf(db: Db, consignmentId: string) {
  const boxes = await listBoxes(db, consignmentId)
  const data = boxesView(boxes, await listItems(db, consignmentId))
  const totals = {
    boxes: boxes.length,
    quantity: sayQuantity(data.reduce((sum, box) => sum + quantityOf(box.quantity), 0n)),
    weightGrams: data.reduce((sum, { weightGrams }) => sum + weightGrams, 0),
    guessedWeights: data.reduce((sum, { guessedWeights }) => sum + guessedWeights, 0),
  }
  return { data, next: null, totals }
}

/** Makes an empty box behind the others; asked again with the same id, it is the one that is there. */
export async function makeBox(
  context: Context,
  target: Target,
  { id, ...box }: BoxChange & { id: string | undefined },
) {
  const made = { id: '', isNew: true }
  return withHead(context, target, {
    what: 'make a box',
    right: 'consignments:pack',
    act: async (tx, head) => {
      await mustPack(tx, context, head)
      made.isNew = !(await isOurs(tx, head, id))
      made.id = made.isNew ? await addBox(tx, context, head, { ...box, id }) : (id ?? '')
    },
    answer: async (tx, head) => ({ isNew: made.isNew, box: await viewOf(tx, head, made.id) }),
  })
}

/** Makes a box under the lock that somebody holds already. */
async function addBox(tx: Db, context: Context, head: Head, { id, ...box }: BoxChange & { id?: string | undefined }) {
  const boxes = await listBoxes(tx, head.id)
  if (boxes.length >= mostBoxes)
    throw new Refusal(
      'not_valid',
      'boxes_too_many',
      `${head.number} has ${mostBoxes} boxes already; pack another transfer`,
    )
  const made = await insertBox(tx, { consignmentId: head.id, id, actor: context.actor.id }, box)
  const after = { id: made, number: boxes.length + 1, ...box }
  await note(tx, context, head.id, { action: 'consignment.box_made', before: null, after })
  return made
}

/** Changes label and weights; those of a closed box too, for it is weighed when it is closed. */
export async function editBox(context: Context, target: Target, boxId: string, change: BoxChange): Promise<BoxView> {
  return withHead(context, target, {
    what: `edit box ${boxId}`,
    right: 'consignments:pack',
    act: async (tx, head) => {
      if (head.status !== 'PACKAGED') await mustPack(tx, context, head)
      const before = await knownBox(tx, head, boxId)
      await changeBox(tx, boxId, change)
      const { label, weight_grams: weightGrams, tare_grams: tareGrams } = before
      const was = { box: before.number, label, weightGrams, tareGrams }
      const after = { ...was, ...change }
      await note(tx, context, head.id, { action: 'consignment.box_changed', before: was, after })
    },
    answer: (tx, head) => viewOf(tx, head, boxId),
  })
}

/** Takes a box away; what was in it is not packed any more. */
export async function removeBox(context: Context, target: Target, boxId: string) {
  return withHead(context, target, {
    what: `remove box ${boxId}`,
    right: 'consignments:pack',
    act: async (tx, head) => {
      await mustPack(tx, context, head)
      const before = await viewOf(tx, head, boxId)
      await recountPacked(tx, await deleteBoxes(tx, [boxId]))
      await note(tx, context, head.id, { action: 'consignment.box_removed', before, after: null })
    },
    answer: (tx, { id }) => boxesOf(tx, id),
  })
}

/** A box of this document. Throws a Refusal (404) for another one's, or one that is gone. */
export async function knownBox(db: Db, head: Head, boxId: string): Promise<BoxRow> {
  const box = (await listBoxes(db, head.id)).find(({ id }) => id === boxId)
  if (box) return box
  throw new Refusal('not_found', 'box_unknown', `${head.number} has no box ${boxId}`)
}

export async function viewOf(db: Db, head: Head, boxId: string): Promise<BoxView> {
  return boxView(await knownBox(db, head, boxId), await listItems(db, head.id, boxId))
}

async function isOurs(tx: Db, head: Head, id: string | undefined): Promise<boolean> {
  const owner = id === undefined ? undefined : await ownerOfBox(tx, id)
  if (owner === undefined || owner === head.id) return owner !== undefined
  throw new Refusal('conflict', 'box_id_used', `id: ${id} is a box of another document; make a new id`)
}
