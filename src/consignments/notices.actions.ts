import { must, outletsOf, type Context } from '../context.ts'
import { cursorAt, placeOf } from '../jobs/place.ts'
import { pageOf } from '../kernel/page.ts'
import { listNotices, type NoticeFilter, type NoticeRow } from './notices.store.ts'

/** Who was told what, newest first. */
export async function readNotices(
  { database: { db }, actor }: Context,
  { after, limit, ...filter }: Omit<NoticeFilter, 'outlets'> & { after?: string | undefined; limit: number },
) {
  must(actor, 'consignments:read')
  const outlets = outletsOf(actor, 'consignments:read')
  const rows = await listNotices(db, { ...filter, outlets }, { below: placeOf(after), limit })
  return pageOf(rows, limit, { view: noticeView, after: ({ place, id }) => cursorAt({ at: place, id }) })
}

function noticeView(row: NoticeRow) {
  return {
    id: row.id,
    kind: row.kind,
    consignmentId: row.consignment_id,
    number: row.number,
    toRoles: row.to_roles,
    to: row.to_actor,
    why: row.why,
    at: row.at.toISOString(),
  }
}
