import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { MediaType } from './photos.rules.ts'

export type FileFacts = { sha256: string; mediaType: MediaType; bytes: number; width: number; height: number }

/** `isFirst`: nobody had announced the file before. */
export type Announced = { sha256: string; isFirst: boolean; at: string }

/** Says that a file is going to be stored, before it is: so no file lies anywhere that no row knows. */
export async function announceFile(db: Db, { sha256, mediaType, bytes, width, height }: FileFacts): Promise<Announced> {
  const { rows } = await sql<Announced>`
    insert into evidence_file (sha256, media_type, bytes, width, height, touched_at)
    values (${sha256}, ${mediaType}, ${bytes}, ${width}, ${height}, clock_timestamp())
    on conflict (sha256) do update set touched_at = excluded.touched_at
    returning sha256, xmax = 0 as "isFirst", touched_at::text as at`.execute(db)
  const [announced] = rows
  if (announced) return announced
  throw new Error(`The file ${sha256} was announced, and its row is not there`)
}

/** Locks a file that only this announcement is about, and that nothing refers to; false for any other. */
export async function lockUnkept(tx: Db, { sha256, isFirst, at }: Announced): Promise<boolean> {
  if (!isFirst) return false
  const { rows } = await sql`
    select sha256 from evidence_file f
    where sha256 = ${sha256} and touched_at = ${at}::timestamptz
      and not exists (select from evidence e where e.file = f.sha256)
    for update`.execute(tx)
  return rows.length > 0
}

/** A file that nothing refers to, and that nobody sent or let go of for a day; locked, so that nobody sends it meanwhile. */
export async function lockUnwanted(tx: Db): Promise<string | undefined> {
  const { rows } = await sql<{ sha256: string }>`
    select sha256 from evidence_file f
    where touched_at < now() - interval '1 day' and not exists (select from evidence e where e.file = f.sha256)
    order by touched_at limit 1 for update skip locked`.execute(tx)
  return rows[0]?.sha256
}

export async function deleteFile(tx: Db, sha256: string) {
  await tx.deleteFrom('evidence_file').where('sha256', '=', sha256).execute()
}

/** From now on it is a day until the file goes. */
export async function touchFiles(tx: Db, files: readonly string[]) {
  await tx
    .updateTable('evidence_file')
    .set({ touched_at: sql<Date>`clock_timestamp()` })
    .where('sha256', '=', sql<string>`any(${files}::text[])`)
    .execute()
}
