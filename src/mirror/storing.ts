import type { Database } from '../db/database.ts'
import { isPoison, patiently } from '../db/faults.ts'
import { inTransaction, type Transaction } from '../db/transaction.ts'
import type { Entity } from './entity.ts'
import { mergeRows, type Cause, type Merged } from './merge.store.ts'
import { firstRecord, halvesOf, noRows, type Rows } from './copy-rows.ts'
import type { Drift } from './drift.ts'
import { columnsOf, type Refused } from './reading.ts'
import { addProgress, advance, noteDrift, putAside, settleRejected } from './state.store.ts'

export type Batch = {
  rows: Rows
  refused: Refused[]
  drift: Drift[]
  pages: number
  fetched: number
  /** The version up to which the collection has been read with this batch. */
  cursor: number
  /** What else belongs to the batch and must stand or fall with it. `isWhole`: nothing of it had to be put aside. */
  also?: (tx: Transaction, isWhole: boolean) => Promise<void>
}

export type Storing = {
  database: Database
  entity: Entity
  runId: string
  cause: Cause
  /** Whether the entity's own cursor follows: not for a reading that began beyond it. */
  movesCursor: boolean
  signal?: AbortSignal | undefined
  onWait?: (error: unknown) => void
}

/**
 * Stores a batch with its cursor, its rejected records and its progress in one transaction. Where PostgreSQL refuses a
 * value that the reader let through, the batch is halved until the culprit is found, and that one is put aside. With a
 * `turn`, it is merged when that resolves (see Arrival), and rejects if that does.
 */
export async function storeBatch(storing: Storing, batch: Batch, turn?: Promise<boolean>): Promise<Merged> {
  if (turn && !joinsLine(turn)) await turn
  const ready = turn && behind(turn)
  try {
    return await commit(storing, batch, { turn: ready })
  } catch (error) {
    if (!isPoison(error) || batch.rows.count === 0) throw error
    await ready
    const { merged, refused } = await storeHealthy(storing, batch.rows)
    await commit(storing, { ...batch, rows: noRows, refused: [...batch.refused, ...refused] }, { before: merged })
    return merged
  }
}

/**
 * A batch behind another is staged while that one is merged, and holds a connection meanwhile. There are never so many of
 * these that those before them could find no connection of the pool left.
 */
const longestLine = 3
let inLine = 0

function joinsLine(turn: Promise<boolean>): boolean {
  if (inLine >= longestLine) return false
  inLine += 1
  const leave = () => void (inLine -= 1)
  turn.then(leave, leave)
  return true
}

/** Rejects with an error of its own: that of the batch before may be worth waiting for, but only by who made it. */
function behind(turn: Promise<boolean>): Promise<boolean> {
  const mine = turn.catch(() => {
    throw new Error('The batch before was not stored, so this one is not either')
  })
  mine.catch(() => {})
  return mine
}

const nothing: Merged = { inserted: 0, updated: 0, unchanged: 0 }

type Committing = { turn?: Promise<boolean> | undefined; before?: Merged }

function commit(storing: Storing, batch: Batch, { turn, before = nothing }: Committing): Promise<Merged> {
  const { database, entity, runId, movesCursor, signal, onWait } = storing
  return patiently(
    () =>
      inTransaction(database, async (tx) => {
        const merged = await mergeRows(tx.client, entity, batch.rows, { cause: storing.cause, turn })
        await advance(tx.db, entity, { cursor: movesCursor ? batch.cursor : 0, inserted: merged.inserted })
        await putAside(tx.db, entity, batch.refused)
        await noteDrift(tx.db, entity, batch.drift)
        if (batch.rows.count > 0) await settleRejected(tx.db, entity)
        await batch.also?.(tx, batch.refused.length === 0)
        await addProgress(tx.db, runId, entity, { ...batch, ...plus(before, merged), rejected: batch.refused.length })
        return merged
      }),
    { signal, ...(onWait ? { onWait } : {}) },
  )
}

type Healthy = { merged: Merged; refused: Refused[] }

async function storeHealthy(storing: Storing, rows: Rows): Promise<Healthy> {
  try {
    return { merged: await commitRows(storing, rows), refused: [] }
  } catch (error) {
    if (!isPoison(error)) throw error
    if (rows.count === 1) return { merged: nothing, refused: [refusedBy(error, storing.entity, rows)] }
    const [early, late] = halvesOf(rows)
    const left = await storeHealthy(storing, early)
    const right = await storeHealthy(storing, late)
    return { merged: plus(left.merged, right.merged), refused: [...left.refused, ...right.refused] }
  }
}

function commitRows({ database, entity, cause, signal }: Storing, rows: Rows): Promise<Merged> {
  return patiently(
    () =>
      inTransaction(database, async (tx) => {
        const merged = await mergeRows(tx.client, entity, rows, { cause })
        await advance(tx.db, entity, { cursor: 0, inserted: merged.inserted })
        return merged
      }),
    { signal },
  )
}

function refusedBy(error: unknown, entity: Entity, only: Rows): Refused {
  const reason = error instanceof Error ? error.message : String(error)
  return { ...firstRecord(only, columnsOf(entity), entity.key), reason }
}

function plus(one: Merged, other: Merged): Merged {
  return {
    inserted: one.inserted + other.inserted,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
  }
}
