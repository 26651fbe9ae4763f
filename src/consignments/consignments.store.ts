import { sql, type Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Consignment } from '../db/schema.ts'
import { expectedOf } from '../receiving/counts.store.ts'
import { approvals, statuses, types, type Approval, type Facts, type Status, type Type } from './lifecycle.rules.ts'
import { links, type Link } from './stage.rules.ts'

type Raw = Selectable<Consignment>

export type Head = Omit<Raw, 'type' | 'status' | 'approval' | 'link'> & {
  type: Type
  status: Status
  approval: Approval
  link: Link
}

export type NewHead = {
  number: string
  type: Type
  approval: Approval
  outletId: string
  sourceOutletId: string | null
  supplierId: string | null
  reference: string | null
  note: string | null
  dueAt: Date | null
  currency: string
  createdBy: string
  /** The document that this one goes on from. */
  parentId?: string
  /** For a case: what was missing or broken is sent again. */
  isReship?: boolean
}

export async function insertConsignment(tx: Db, head: NewHead): Promise<Head> {
  const row = await tx
    .insertInto('consignment')
    .values({
      number: head.number,
      type: head.type,
      approval: head.approval,
      outlet_id: head.outletId,
      source_outlet_id: head.sourceOutletId,
      supplier_id: head.supplierId,
      reference: head.reference,
      note: head.note,
      due_at: head.dueAt,
      currency: head.currency,
      created_by: head.createdBy,
      parent_id: head.parentId ?? null,
      is_reship: head.isReship ?? false,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return headOf(row)
}

/** By its id or its number. */
export type Key = { id: string } | { number: string }

export async function findConsignment(db: Db, key: Key): Promise<Head | undefined> {
  const row = await by(db, key).executeTakeFirst()
  return row && headOf(row)
}

/** Locked until the transaction ends; what else is needed is read in statements after this one. */
export async function lockConsignment(tx: Db, key: Key): Promise<Head | undefined> {
  const row = await by(tx, key).forUpdate().executeTakeFirst()
  return row && headOf(row)
}

/** What the law asks about the lines. */
export async function readFacts(db: Db, head: Head): Promise<Facts> {
  const { id, type, approval, shipped_at } = head
  const { goods, arrived, undecided } = await db
    .selectFrom('consignment_line as l')
    .where('consignment_id', '=', id)
    .select((eb) => [
      eb.fn.coalesce(sql<boolean>`bool_or(quantity > 0 or packed > 0)`, sql<boolean>`false`).as('goods'),
      eb.fn.coalesce(sql<boolean>`bool_or(received > 0)`, sql<boolean>`false`).as('arrived'),
      sql<number>`count(*) filter (where ${isOwed(head)} and decision is null)`.as('undecided'),
    ])
    .executeTakeFirstOrThrow()
  const facts = { approval, hasGoods: goods, isUnderWay: shipped_at !== null || arrived, undecidedLines: undecided }
  return type === 'SUPPLIER_RETURN' ? { ...facts, isCredited: await isCredited(db, id) } : facts
}

/** Still to come of a line `l`: of a transfer what was sent of it, else what was ordered; of a count, whether nobody counted. */
function isOwed(head: Head) {
  if (head.type === 'STOCKTAKE') return sql<boolean>`l.received is null`
  const isPlanned = head.type === 'OUTLET_TRANSFER' ? sql`true` : sql`l.origin = 'planned'`
  return sql<boolean>`(${expectedOf(head)} > coalesce(l.received, 0) and ${isPlanned})`
}

async function isCredited(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql<{ credited: boolean }>`
    select exists (select from supplier_credit where consignment_id = ${id})
      or exists (select from supplier_return where consignment_id = ${id} and no_credit_at is not null) as credited`.execute(
    db,
  )
  return rows[0]?.credited === true
}

export type Change = Partial<{
  status: Status
  approval: Approval
  outlet_id: string
  source_outlet_id: string | null
  supplier_id: string | null
  reference: string | null
  note: string | null
  due_at: Date | null
  cancel_reason: string | null
  shipped_at: Date
}>

/** Writes and counts the version up. The database refuses a status that the law does not lead to. */
export async function changeConsignment(tx: Db, id: string, change: Change): Promise<Head> {
  const row = await tx
    .updateTable('consignment')
    .set({ ...change, updated_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return headOf(row)
}

/** The next number's sequence; two creations at once take turns. */
export async function nextSequence(tx: Db, type: Type, month: string): Promise<number> {
  const { last } = await tx
    .insertInto('document_sequence')
    .values({ type, month, last: 1 })
    .onConflict((at) => at.columns(['type', 'month']).doUpdateSet({ last: sql`document_sequence.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}

function by(db: Db, key: Key) {
  const all = db.selectFrom('consignment').selectAll()
  return 'id' in key ? all.where('id', '=', key.id) : all.where('number', '=', key.number)
}

/** The database's checks hold these columns to the words of the rules. */
export function headOf(row: Raw): Head {
  return {
    ...row,
    type: oneOf(types, row.type),
    status: oneOf(statuses, row.status),
    approval: oneOf(approvals, row.approval),
    link: oneOf(links, row.link),
  }
}

function oneOf<Word extends string>(words: readonly Word[], given: string): Word {
  const word = words.find((one) => one === given)
  if (word !== undefined) return word
  throw new Error(`The database holds "${given}", which is none of ${words.join(', ')}`)
}
