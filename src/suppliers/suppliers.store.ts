import { z } from 'zod'
import type { Db } from '../db/database.ts'

const contact = z.record(z.string(), z.unknown()).catch({})

/** A supplier as the mirror has it; undefined where it is gone. */
export async function findMirrored(db: Db, id: string) {
  const row = await db
    .selectFrom('mirror.supplier')
    .select(['name', 'description', 'contact', 'version'])
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row && { ...row, contact: contact.parse(row.contact) }
}

/** The id of another supplier that is called so. */
export async function findNamesake(db: Db, name: string, id: string | null): Promise<string | undefined> {
  const rows = await db
    .selectFrom('mirror.supplier')
    .select('id')
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .limit(2)
    .execute()
  return rows.find((row) => row.id !== id)?.id
}
