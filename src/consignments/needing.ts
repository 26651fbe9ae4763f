import type { Db } from '../db/database.ts'
import { isAskedFirst } from './authority.store.ts'
import type { Head } from './consignments.store.ts'
import type { Approval } from './lifecycle.rules.ts'

/** The approval of a draft as its lines and the tiers are now: nobody has been asked yet, and whether somebody must be. */
export async function approvalNow(db: Db, head: Head): Promise<Approval> {
  if (head.status !== 'DRAFT' || (head.approval !== 'not_needed' && head.approval !== 'not_asked')) return head.approval
  return (await isAskedFirst(db, head)) ? 'not_asked' : 'not_needed'
}
