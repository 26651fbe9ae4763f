import { holdsFor, mustFor } from '../consignments/permitting.ts'
import { must, outletsOf, type Actor, type Context } from '../context.ts'
import { cursorAt, placeOf } from '../jobs/place.ts'
import { pageOf } from '../kernel/page.ts'
import { Refusal } from '../kernel/refusal.ts'
import { caseView } from './case.view.ts'
import { findCase, listCases, type CaseFilter, type CaseRow } from './cases.store.ts'
import type { Db } from '../db/database.ts'
import { knownHead } from '../consignments/reading.actions.ts'

export type CaseView = ReturnType<typeof caseView>

export type CaseQuery = Omit<CaseFilter, 'mine' | 'consignmentId' | 'outlets'> & {
  mine?: boolean | undefined
  /** By its id or number. */
  consignment?: string | undefined
  after?: string | undefined
  limit: number
}

/** Cases, newest first; `next` is given back as `after` for the page that follows. */
export async function readCases(context: Context, { after, limit, mine, consignment, ...filter }: CaseQuery) {
  const { database, actor } = context
  must(actor, 'consignments:read')
  const wanted = {
    ...filter,
    outlets: outletsOf(actor, 'consignments:read'),
    mine: mine === true ? actor.id : undefined,
    consignmentId: consignment === undefined ? undefined : (await knownHead(context, consignment)).id,
  }
  const rows = await listCases(database.db, wanted, { below: placeOf(after), limit })
  const view = (row: CaseRow) => caseView(row, sightOf(actor, row))
  return pageOf(rows, limit, { view, after: ({ place, id }) => cursorAt({ at: place, id }) })
}

/** One case. Throws a Refusal (404) for an unknown one. */
export async function readCase(context: Context, id: string): Promise<CaseView> {
  const { actor, database } = context
  must(actor, 'consignments:read')
  const row = await knownCase(database.db, id)
  mustFor(actor, 'consignments:read', row)
  return caseView(row, sightOf(actor, row))
}

/** Throws a Refusal (404) for an unknown one. */
export async function knownCase(db: Db, id: string): Promise<CaseRow> {
  const row = await findCase(db, id)
  if (row) return row
  throw new Refusal('not_found', 'case_unknown', `There is no case ${id}`, { id })
}

export function sightOf(actor: Actor, row: CaseRow) {
  return { seesCosts: holdsFor(actor, 'costs:read', row) }
}
