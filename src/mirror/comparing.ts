import type { Database } from '../db/database.ts'
import { isPoison, patiently } from '../db/faults.ts'
import { inTransaction, type Transaction } from '../db/transaction.ts'
import type { Lightspeed } from '../lightspeed/client.ts'
import {
  bury,
  clearStages,
  compareStaged,
  forgetVersions,
  listGone,
  noteSeenIds,
  type GoneScope,
} from './comparing.store.ts'
import { firstRecord, halvesOf, type Rows } from './copy-rows.ts'
import type { Entity } from './entity.ts'
import { mergeRows } from './merge.store.ts'
import { columnsOf, type Refused } from './reading.ts'
import { areTooManyGone, judge, type Compared } from './reconciling.rules.ts'
import { addCompared, insertDifferences, type Difference, type PartRow } from './reconciliations.store.ts'
import { advance, putAside, settleRejected } from './state.store.ts'

/** One entity of a reconciliation at work. */
export type Comparing = {
  database: Database
  lightspeed: Lightspeed
  entity: Entity
  part: PartRow
  isDryRun: boolean
  signal: AbortSignal
  onWait: (error: unknown) => void
}

export type ComparedPage = {
  rows: Rows
  refused: readonly Refused[]
  /** Where the next page begins; 0 where there is none. */
  cursor: number
  /** Owners whose whole lists these are: what the mirror holds of them beyond is gone. */
  owners?: { column: string; ids: string[] } | undefined
  also?: (tx: Transaction) => Promise<void>
}

/** Differences of an entity that are kept one by one. */
const mostNoted = 1_000

/**
 * Compares a page, mends what differs by the same upsert as everything else, and moves on, in one transaction. Where
 * PostgreSQL refuses a value, the page is halved until the culprit is alone: that one stands aside, the others are compared.
 */
export async function comparePage(comparing: Comparing, page: ComparedPage): Promise<void> {
  const { database, signal, onWait } = comparing
  try {
    await patiently(() => inTransaction(database, (tx) => compareIn(tx, comparing, page)), { signal, onWait })
  } catch (error) {
    if (!isPoison(error) || page.rows.count === 0) throw error
    if (page.rows.count === 1) {
      const reason = error instanceof Error ? error.message : String(error)
      const { entity } = comparing
      const refused = { ...firstRecord(page.rows, columnsOf(entity), entity.key), reason }
      return comparePage(comparing, { ...page, rows: none, refused: [...page.refused, refused] })
    }
    const [early, late] = halvesOf(page.rows)
    await comparePage(comparing, { rows: early, refused: [], cursor: 0 })
    await comparePage(comparing, { ...page, rows: late, owners: undefined })
  }
}

const none: Rows = { count: 0, lines: [], lists: [] }

async function compareIn(tx: Transaction, comparing: Comparing, page: ComparedPage) {
  const { entity, part, isDryRun } = comparing
  const about = { syncedTo: part.synced_to, now: new Date() }
  const found = (await compareStaged(tx, entity, page.rows)).map((one) => Object.assign(one, judge(one, about)))
  const unreadable = page.refused.map(asDifference)
  await noteSeenIds(
    tx,
    entity,
    unreadable.map(({ recordId }) => recordId),
  )
  const gone = page.owners ? await goneOf(tx, comparing, page) : []
  const differences = [...found, ...gone].map((one) =>
    Object.assign(one, { isRepaired: !isDryRun && one.repair !== 'leave' }),
  )
  if (!isDryRun) {
    await mend(tx, comparing, page, differences)
    await putAside(tx.db, entity, page.refused)
  }
  await note(tx, comparing, [...differences, ...unreadable], { cursor: page.cursor, compared: page.rows.count })
  await page.also?.(tx)
}

async function goneOf(tx: Transaction, { entity, part }: Comparing, { owners }: ComparedPage) {
  const scope: GoneScope = { upTo: Number.MAX_SAFE_INTEGER, since: part.started_at ?? new Date(), owners }
  return (await listGone(tx, entity, scope, mostNoted)).map(judgedGone)
}

async function mend(tx: Transaction, { entity }: Comparing, { rows }: ComparedPage, found: readonly Difference[]) {
  const replaced = found.filter(({ repair }) => repair === 'replace')
  if (replaced.length > 0 || found.some(({ repair }) => repair === 'merge')) {
    await forgetVersions(tx.client, entity, replaced)
    await clearStages(tx.client, entity)
    const { inserted } = await mergeRows(tx.client, entity, rows, { cause: 'reconcile' })
    await advance(tx.db, entity, { cursor: 0, inserted })
    await settleRejected(tx.db, entity)
  }
  await bury(
    tx,
    entity,
    found.filter(({ repair }) => repair === 'bury'),
  )
}

/** After the last page: what the mirror holds and none of the pages did. Bundle by bundle, unless they are too many. */
export async function compareRest(comparing: Comparing, scope: GoneScope): Promise<void> {
  const { database, entity, part, isDryRun, signal, onWait } = comparing
  await patiently(
    () =>
      inTransaction(database, async (tx) => {
        const gone = (await listGone(tx, entity, scope, mostGone)).map(judgedGone)
        const tooMany = areTooManyGone(gone.length, part.compared)
        const differences = gone.map((one) => Object.assign(one, { isRepaired: !isDryRun && !tooMany }))
        if (tooMany) for (const one of differences) one.explanation = 'unexplained'
        await bury(
          tx,
          entity,
          differences.filter(({ isRepaired }) => isRepaired),
        )
        await note(tx, comparing, differences, { cursor: 0, compared: 0 })
      }),
    { signal, onWait },
  )
}

/** More than a hundredth of the largest collection; where there are more, no one of them is repaired anyway. */
const mostGone = 100_000

async function note(
  { db }: Transaction,
  { part, entity }: Comparing,
  differences: readonly Difference[],
  { cursor, compared }: { cursor: number; compared: number },
) {
  const of = { id: part.reconciliation_id, entity: entity.name }
  await insertDifferences(db, { ...of, most: mostNoted }, differences)
  await addCompared(db, of, {
    cursor,
    compared,
    differences: differences.length,
    explained: differences.filter(({ explanation }) => explanation !== 'unexplained').length,
    repaired: differences.filter(({ isRepaired }) => isRepaired).length,
  })
}

function judgedGone(one: Compared): Difference {
  return { ...one, ...judge(one, { syncedTo: 0, now: new Date() }), isRepaired: true }
}

function asDifference({ recordId }: Refused): Difference {
  const nobody = { mirrorVersion: null, lightspeedVersion: null, isDeletedHere: false, isDeletedThere: false }
  const nothing = { syncedAt: null, changedAt: null, isCarried: false, isAside: true, fields: [], levels: null }
  const judged = { kind: 'unreadable', explanation: 'set_aside', repair: 'leave', isRepaired: false } as const
  return { recordId: recordId ?? '', ...nobody, ...nothing, ...judged }
}
