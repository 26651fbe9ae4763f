import type { Lightspeed } from '../lightspeed/client.ts'
import { endpoints } from '../lightspeed/endpoints.ts'
import { Refusal } from '../kernel/refusal.ts'
import { bytesOf, gatherRows } from './copy-rows.ts'
import type { Entity } from './entity.ts'
import type { Only } from './parts.ts'
import { PageBuffer } from './page-buffer.ts'
import { readInSlices, type Reading } from './reading.ts'
import { storeBatch, type Storing } from './storing.ts'

export type Walk = Storing & {
  lightspeed: Lightspeed
  /** Exclusive: the walk begins behind this version. */
  after: number
  /** Records at the most; the walk then ends before the collection does. */
  limit?: number | undefined
  /** Only a part of the collection. */
  only?: Only | undefined
}

export type Walked = { fetched: number; reachedEnd: boolean }

type Page = { reading: Reading; fetched: number; cursor: number }

const bufferedBytes = 4 * 1024 * 1024

/**
 * Reads a collection by its version cursor to the end: pages are fetched ahead while the last ones are stored, and of these
 * one batch is staged while another is merged.
 */
export async function walkByVersion(walk: Walk): Promise<Walked> {
  const buffer = new PageBuffer<Page>(bufferedBytes, ({ reading }) => bytesOf(reading.rows))
  const stopped = new AbortController()
  const signal = walk.signal ? AbortSignal.any([walk.signal, stopped.signal]) : stopped.signal
  const fetching = fetchInto(buffer, { ...walk, signal }).catch((error: unknown) => {
    buffer.end(error)
    return { fetched: 0, reachedEnd: false }
  })
  let stored = Promise.resolve(walk.cause === 'backfill')
  try {
    for (let pages = await buffer.take(); pages.length > 0; pages = await buffer.take()) {
      const before = stored
      stored = storePages(walk, pages, before)
      stored.catch(() => {})
      await before
    }
    await stored
  } catch (error) {
    stopped.abort()
    buffer.end(error)
    throw error
  } finally {
    await Promise.allSettled([fetching, stored])
  }
  return fetching
}

async function fetchInto(buffer: PageBuffer<Page>, walk: Walk): Promise<Walked> {
  const { limit = Infinity } = walk
  let { after } = walk
  let fetched = 0
  let coming = fetchPage(walk, after, limit)
  while (fetched < limit) {
    const { records, cursor } = await coming
    if (records.length === 0) {
      buffer.end()
      return { fetched, reachedEnd: true }
    }
    if (cursor <= after) throw stuck(walk.entity, after)
    after = cursor
    fetched += records.length
    if (fetched < limit) coming = fetchPage(walk, after, limit - fetched)
    coming.catch(() => {})
    await buffer.put({ reading: await readInSlices(walk.entity, records), fetched: records.length, cursor })
  }
  buffer.end()
  return { fetched, reachedEnd: false }
}

type Fetching = Pick<Walk, 'entity' | 'lightspeed' | 'signal' | 'only'>

/** At most `most` records, and where the page after them begins. */
export async function fetchPage({ entity, lightspeed, signal, only }: Fetching, after: number, most: number) {
  const { endpoint = endpoints[entity.endpoint], params, until = Infinity } = only ?? {}
  const pageSize = Math.min(endpoint.pageSize, most)
  const page = await lightspeed.list(endpoint, { after, pageSize, params, signal })
  const records = page.records.slice(0, most).filter((record) => versionOf(record) <= until)
  const isCut = records.length < page.records.length
  return { records, cursor: isCut ? newestVersion(records) : (page.max ?? newestVersion(records)) }
}

/** Returns whether the batch behind this one can be expected to be new, too: a first reading, and all of this was. */
async function storePages(walk: Walk, pages: Page[], turn: Promise<boolean>): Promise<boolean> {
  const rows = gatherRows(pages.map(({ reading }) => reading.rows))
  const batch = {
    rows,
    refused: pages.flatMap(({ reading }) => reading.refused),
    drift: pages.flatMap(({ reading }) => [...reading.drift.values()]),
    pages: pages.length,
    fetched: pages.reduce((sum, page) => sum + page.fetched, 0),
    cursor: pages.at(-1)?.cursor ?? walk.after,
  }
  const { inserted } = await storeBatch(walk, batch, turn)
  return walk.cause === 'backfill' && inserted === rows.count
}

function newestVersion(records: readonly unknown[]): number {
  return records.reduce<number>((newest, record) => Math.max(newest, versionOf(record)), 0)
}

function versionOf(record: unknown): number {
  const version = typeof record === 'object' && record !== null && 'version' in record ? Number(record.version) : 0
  return Number.isSafeInteger(version) ? version : 0
}

/** The reason why a walk is left that would never end. */
export function stuck({ name }: Entity, after: number): Refusal {
  return new Refusal(
    'unreachable',
    'cursor_stuck',
    `Lightspeed answers for ${name} with a page that does not lead beyond version ${after}: the walk would never end`,
    { entity: name, after },
  )
}
