import { must, type Context } from '../context.ts'
import { rehearse } from '../db/rehearsal.ts'
import { inTransaction } from '../db/transaction.ts'
import { readCsv } from '../kernel/csv.ts'
import { Refusal } from '../kernel/refusal.ts'
import { createDraft, type Draft } from './drafting.actions.ts'
import { listSimilar, type Similar } from './duplicates.store.ts'
import { readImport, type RowError } from './importing.rules.ts'
import { draftsOf, type Defaults } from './import-drafts.ts'
import { listedViews } from './reading.actions.ts'

export type Import = Defaults & { csv: string; dryRun: boolean; now: Date }

const mostRows = 5000
const mostDocuments = 200
const mostErrors = 500

/**
 * Drafts orders or transfers from a CSV file, all of it or nothing; with `dryRun` only shows what they would be. Throws a Refusal
 * (422) that names every row and column that is wrong.
 */
export async function importConsignments(context: Context, { csv, dryRun, now, ...defaults }: Import) {
  must(context.actor, 'consignments:edit')
  const read = rowsOf(csv)
  const { drafts, errors } = await draftsOf(context.database.db, read, defaults)
  if (errors.length > 0) throw notValid(errors)
  if (drafts.length > mostDocuments)
    throw notValid([{ row: 1, column: '', message: `these are ${drafts.length} documents; at most ${mostDocuments}` }])
  const documents = await make(context, drafts, { now, dryRun })
  return { dryRun, rows: read.rows.length, ignoredColumns: read.ignored, documents }
}

function rowsOf(csv: string) {
  const file = readCsv(csv)
  if ('wrong' in file) throw notValid([{ row: file.row, column: '', message: file.wrong }])
  if (file.rows.length > mostRows + 1)
    throw notValid([{ row: mostRows + 2, column: '', message: `at most ${mostRows} rows; this file has more` }])
  const read = readImport(file.rows)
  if (read.errors.length > 0) throw notValid(read.errors)
  return read
}

async function make(context: Context, drafts: readonly Draft[], { now, dryRun }: { now: Date; dryRun: boolean }) {
  return (dryRun ? rehearse : inTransaction)(context.database, async ({ db: tx }) => {
    const heads = []
    for (const draft of drafts) heads.push(await createDraft(tx, context, draft, now))
    const similar = new Map<string, Similar[]>()
    for (const head of heads) similar.set(head.id, await listSimilar(tx, head))
    const views = await listedViews(tx, heads, context.actor)
    return views.map((view) => Object.assign(view, { similar: similar.get(view.id) ?? [] }))
  })
}

function notValid(errors: readonly RowError[]): Refusal {
  const said = errors
    .slice(0, 5)
    .map(({ row, column, message }) => `row ${row}${column === '' ? '' : `, ${column}`}: ${message}`)
  const more = errors.length > 5 ? `; and ${errors.length - 5} more` : ''
  const message = `Nothing was made: ${said.join('; ')}${more}`
  return new Refusal('not_valid', 'rows_not_valid', message, {
    rows: errors.slice(0, mostErrors),
    total: errors.length,
  })
}
