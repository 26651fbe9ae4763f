import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import type { Db } from '../db/database.ts'
import type { ConsignmentLeg } from '../db/schema.ts'
import type { Snapshot } from './merging.rules.ts'
import type { There } from './sides.rules.ts'

const text = z.string().nullable()

/** A side in brief, as it lies in a column. */
export const snapshot = z.object({
  header: z
    .object({ outletId: text, sourceOutletId: text, supplierId: text, name: text, reference: text, dueAt: text })
    .optional(),
  status: z.string().nullable(),
  lines: z.record(z.string(), z.object({ count: z.string(), received: z.string().nullable() })),
})

type Row = Selectable<ConsignmentLeg> & { mark: string }

export type Leg = Omit<Row, 'agreed' | 'attempted'> & {
  agreed: Snapshot | null
  attempted: Snapshot[]
}

/** PostgreSQL's own: another one whenever anything of the row was written. */
const mark = sql<string>`xmin::text`.as('mark')

/** The leg that pushes go to: the last one of the document. */
export async function findLeg(db: Db, consignmentId: string): Promise<Leg | undefined> {
  const row = await db
    .selectFrom('consignment_leg')
    .selectAll()
    .select(mark)
    .where('consignment_id', '=', consignmentId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && legOf(row)
}

/** Locks a leg, and says whether it is still as it was read: somebody else may have pushed or looked meanwhile. */
export async function isUntouched(tx: Db, { id, mark: before }: Leg): Promise<boolean> {
  const row = await tx.selectFrom('consignment_leg').select(mark).where('id', '=', id).forUpdate().executeTakeFirst()
  return row?.mark === before
}

/** The first leg of a document. Whoever comes second finds the one of the first. */
export async function makeLeg(db: Db, consignmentId: string, token: string): Promise<void> {
  await db
    .insertInto('consignment_leg')
    .values({ consignment_id: consignmentId, position: 1, token })
    .onConflict((at) => at.columns(['consignment_id', 'position']).doNothing())
    .execute()
}

/** Noted before anything is written, so that what is found afterwards can be told from what others do. */
export async function saveAttempts(db: Db, leg: Leg, goals: readonly Snapshot[]): Promise<void> {
  const attempted = [...leg.attempted, ...goals].slice(-attemptsKept)
  await db
    .updateTable('consignment_leg')
    .set({ attempted: JSON.stringify(attempted) })
    .where('id', '=', leg.id)
    .execute()
}

const attemptsKept = 50

/** Noted before a creation is asked for: from now on it may be there. Its version lies above all that the mirror has. */
export async function saveCreateAsked(db: Db, id: string): Promise<void> {
  await db
    .updateTable('consignment_leg')
    .set({
      create_asked_at: sql<Date>`clock_timestamp()`,
      look_after: sql<number>`coalesce(look_after, (select max(version) from mirror.consignment), 0)`,
    })
    .where('id', '=', id)
    .execute()
}

/** Lightspeed has refused to create it, so it is not there. */
export async function clearCreateAsked(db: Db, id: string): Promise<void> {
  await db.updateTable('consignment_leg').set({ create_asked_at: null }).where('id', '=', id).execute()
}

export async function saveRemoteId(db: Db, id: string, remoteId: string): Promise<void> {
  await db
    .updateTable('consignment_leg')
    .set({ remote_id: remoteId, create_asked_at: null })
    .where('id', '=', id)
    .execute()
}

/** What was seen in Lightspeed; `agreed` where that is what we have. */
export async function saveSeen(db: Db, id: string, there: There, agreed?: Snapshot): Promise<void> {
  const seen = {
    remote_status: there.status,
    remote_version: there.version,
    watched_version: sql<number>`greatest(watched_version, ${there.version})`,
    seen_at: sql<Date>`clock_timestamp()`,
  }
  const both = agreed ? { agreed: JSON.stringify(agreed), agreed_status: there.status, attempted: '[]' } : {}
  await db
    .updateTable('consignment_leg')
    .set({ ...seen, ...both })
    .where('id', '=', id)
    .execute()
}

/** It is not in Lightspeed, as it should be; should it be wanted there again, it is made anew. */
export async function forgetRemote(db: Db, id: string): Promise<void> {
  const nothing = { remote_id: null, remote_status: null, remote_version: null, agreed: null, agreed_status: null }
  await db
    .updateTable('consignment_leg')
    .set({ ...nothing, create_asked_at: null, attempted: '[]' })
    .where('id', '=', id)
    .execute()
}

/** What stands there is taken as known: the next push goes on from it. */
export async function acceptTheirs(tx: Db, id: string, theirs: Snapshot): Promise<void> {
  await tx
    .updateTable('consignment_leg')
    .set({
      agreed: JSON.stringify(theirs),
      agreed_status: theirs.status,
      remote_status: theirs.status,
      attempted: '[]',
    })
    .where('id', '=', id)
    .execute()
}

/** The mark by which it is known in Lightspeed. False where another leg has it. */
export async function saveToken(tx: Db, id: string, token: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update consignment_leg set token = ${token}
    where id = ${id} and not exists (select from consignment_leg other where other.token = ${token} and other.id <> ${id})`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

/** Seconds since a creation was asked for. */
export async function secondsSinceAsked(db: Db, id: string): Promise<number> {
  const row = await db
    .selectFrom('consignment_leg')
    .select(sql<number>`extract(epoch from clock_timestamp() - create_asked_at)::float`.as('seconds'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.seconds ?? Infinity
}

function legOf(row: Row): Leg {
  const agreed = row.agreed === null ? null : snapshot.parse(row.agreed)
  return { ...row, agreed, attempted: z.array(snapshot).parse(row.attempted) }
}
