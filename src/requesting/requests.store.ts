import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export const answers = ['agreed', 'partly', 'refused', 'withdrawn'] as const

type Answer = (typeof answers)[number]

const whole = (db: Db) =>
  db
    .selectFrom('transfer_request as r')
    .innerJoin('consignment as c', 'c.id', 'r.consignment_id')
    .selectAll('r')
    .select(['c.number', 'c.status', 'c.outlet_id', 'c.source_outlet_id', sql<string>`r.asked_at::text`.as('place')])
    .select((eb) =>
      eb
        .selectFrom('transfer_request_line as l')
        .whereRef('l.request_id', '=', 'r.id')
        .select(sql<string>`trim_scale(coalesce(sum(l.asked), 0))::text`.as('asked'))
        .as('asked'),
    )

export type RequestRow = NonNullable<Awaited<ReturnType<typeof findRequest>>>

/** The newest of a document, whatever became of it. */
export async function findRequest(db: Db, consignmentId: string) {
  return whole(db)
    .where('r.consignment_id', '=', consignmentId)
    .orderBy('r.asked_at', 'desc')
    .orderBy('r.id')
    .limit(1)
    .executeTakeFirst()
}

/** The one of a document that waits for its answer. */
export async function findWaiting(db: Db, consignmentId: string) {
  return whole(db).where('r.consignment_id', '=', consignmentId).where('r.answer', 'is', null).executeTakeFirst()
}

export type RequestFilter = {
  isWaiting: boolean
  /** Asked of this outlet. */
  ofOutletId?: string | undefined
  /** Asked by this one. */
  byOutletId?: string | undefined
  outlets?: readonly string[] | undefined
}

type Page = { after: { at: string; id: string } | undefined; limit: number }

/** Those that wait, or those that were answered, longest first. */
export async function listRequests(db: Db, filter: RequestFilter, { after, limit }: Page) {
  const { isWaiting, ofOutletId, byOutletId, outlets } = filter
  let query = whole(db)
    .where('r.answer', isWaiting ? 'is' : 'is not', null)
    .orderBy('r.asked_at')
    .orderBy('r.id')
    .limit(limit)
  if (ofOutletId !== undefined) query = query.where('c.source_outlet_id', '=', ofOutletId)
  if (byOutletId !== undefined) query = query.where('c.outlet_id', '=', byOutletId)
  if (outlets !== undefined)
    query = query.where(
      sql<boolean>`(c.outlet_id = any(${outlets}::text[]) or c.source_outlet_id = any(${outlets}::text[]))`,
    )
  if (after) query = query.where(sql<boolean>`(r.asked_at, r.id) > (${after.at}::timestamptz, ${after.id}::uuid)`)
  return query.execute()
}

export type RequestLine = Awaited<ReturnType<typeof listRequestLines>>[number]

export async function listRequestLines(db: Db, requestId: string) {
  return db
    .selectFrom('transfer_request_line as l')
    .leftJoin('mirror.product as p', 'p.id', 'l.product_id')
    .where('l.request_id', '=', requestId)
    .select(['l.line_id', 'l.product_id', 'l.reason', 'p.sku'])
    .select([
      sql<string | null>`coalesce(p.variant_name, p.name)`.as('name'),
      sql<string>`trim_scale(l.asked)::text`.as('asked'),
      sql<string | null>`trim_scale(l.agreed)::text`.as('agreed'),
    ])
    .orderBy('l.position')
    .execute()
}

/** Asks for what is planned in the lines now. */
export async function insertRequest(
  tx: Db,
  { consignmentId, actor, note }: { consignmentId: string; actor: string; note: string | null },
) {
  await sql`
    with asked as (
      insert into transfer_request (consignment_id, asked_by, note) values (${consignmentId}, ${actor}, ${note}) returning id
    )
    insert into transfer_request_line (request_id, line_id, product_id, position, asked)
    select asked.id, l.id, l.product_id, l.position, l.quantity
    from asked, consignment_line l where l.consignment_id = ${consignmentId} and l.quantity > 0`.execute(tx)
}

export type Agreed = { lineId: string; quantity: string; reason: string | null }

/** Decimals as text. */
export async function saveAgreed(tx: Db, requestId: string, lines: readonly Agreed[]) {
  await sql`
    update transfer_request_line l set agreed = given.quantity, reason = given.reason
    from unnest(${lines.map(({ lineId }) => lineId)}::uuid[], ${lines.map(({ quantity }) => quantity)}::numeric[],
      ${lines.map(({ reason }) => reason)}::text[]) as given (line_id, quantity, reason)
    where l.request_id = ${requestId} and l.line_id = given.line_id`.execute(tx)
}

/** Whether the last answer was yes, and to no less of each line than is planned now. */
export async function isGranted(tx: Db, consignmentId: string): Promise<boolean> {
  const { rows } = await sql<{ granted: boolean }>`
    select last.answer in ('agreed', 'partly') and not exists (
      select from consignment_line line left join transfer_request_line l on l.request_id = last.id and l.line_id = line.id
      where line.consignment_id = ${consignmentId} and line.quantity > coalesce(l.agreed, 0)
    ) as granted
    from transfer_request last where last.consignment_id = ${consignmentId}
    order by last.asked_at desc limit 1`.execute(tx)
  return rows[0]?.granted === true
}

/** What is planned becomes what was agreed to. */
export async function planAsAgreed(tx: Db, requestId: string) {
  await sql`
    update consignment_line line set quantity = l.agreed
    from transfer_request_line l where l.request_id = ${requestId} and l.line_id = line.id and line.quantity <> l.agreed`.execute(
    tx,
  )
}

export async function saveAnswer(
  tx: Db,
  requestId: string,
  { answer, actor, reason }: { answer: Answer; actor: string; reason: string | null },
) {
  await tx
    .updateTable('transfer_request')
    .set({ answer, answered_by: actor, answered_at: sql<Date>`clock_timestamp()`, reason })
    .where('id', '=', requestId)
    .execute()
}
