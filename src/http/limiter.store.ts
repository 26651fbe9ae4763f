import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export type Block = { granted: number; endsInMs: number }

type Asked = { key: string; block: number; most: number; windowMs: number }

/**
 * Takes some of the requests that a key may still make in its window, for one process to give out. A window begins with
 * its first request. All processes together never take more than `most`.
 */
export async function takeBlock(db: Db, { key, block, most, windowMs }: Asked): Promise<Block> {
  const { rows } = await sql<{ taken: number; endsInMs: number }>`
    insert into rate_window as w (key, ends_at, taken)
    values (${key}, now() + make_interval(secs => ${windowMs / 1000}), ${block})
    on conflict (key) do update set
      taken = case when w.ends_at <= now() then excluded.taken else w.taken + excluded.taken end,
      ends_at = case when w.ends_at <= now() then excluded.ends_at else w.ends_at end
    returning taken, ceil(extract(epoch from ends_at - now()) * 1000)::integer as "endsInMs"`.execute(db)
  const { taken = 0, endsInMs = windowMs } = rows[0] ?? {}
  return { granted: Math.min(block, Math.max(0, most - (taken - block))), endsInMs }
}

/** Forgets windows that are over. */
export async function deleteEndedWindows(db: Db) {
  await sql`delete from rate_window where ends_at < now()`.execute(db)
}
