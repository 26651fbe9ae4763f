import type { Lightspeed } from '../lightspeed/client.ts'
import { endpoints } from '../lightspeed/endpoints.ts'
import { Refusal } from '../kernel/refusal.ts'
import { bytesOf, gatherRows } from './copy-rows.ts'
import type { Entity } from './entity.ts'
import { PageBuffer } from './page-buffer.ts'
import { readRecords, type Reading } from './reading.ts'
import { storeBatch, type Storing } from './storing.ts'

export type Walk = Storing & {
  lightspeed: Lightspeed
  /** Exclusive: the walk begins behind this version. */
  after: number
  /** Records at the most; the walk then ends before the collection does. */
  limit?: number | undefined
}

export type Walked = { fetched: number; reachedEnd: boolean }

type Page = { reading: Reading; fetched: number; cursor: number }

const bufferedBytes = 8 * 1024 * 1024

/** Reads a collection by its version cursor to the end: pages are fetched ahead while the last ones are stored. */
export async function walkByVersion(walk: Walk): Promise<Walked> {
  const buffer = new PageBuffer<Page>(bufferedBytes, ({ reading }) => bytesOf(reading.rows))
  const stopped = new AbortController()
  const signal = walk.signal ? AbortSignal.any([walk.signal, stopped.signal]) : stopped.signal
  const fetching = fetchInto(buffer, { ...walk, signal }).catch((error: unknown) => {
    buffer.end(error)
    return { fetched: 0, reachedEnd: false }
  })
  try {
    for (let pages = await buffer.take(); pages.length > 0; pages = await buffer.take()) await storePages(walk, pages)
  } catch (error) {
    stopped.abort()
    buffer.end(error)
    throw error
  } finally {
    await fetching
  }
  return fetching
}

async function fetchInto(buffer: PageBuffer<Page>, walk: Walk): Promise<Walked> {
  const { entity, lightspeed, limit = Infinity, signal } = walk
  const endpoint = endpoints[entity.endpoint]
  let { after } = walk
  let fetched = 0
  while (fetched < limit) {
    const pageSize = Math.min(endpoint.pageSize, limit - fetched)
    const page = await lightspeed.list(endpoint, { after, pageSize, signal })
    const records = page.records.slice(0, limit - fetched)
    if (records.length === 0) {
      buffer.end()
      return { fetched, reachedEnd: true }
    }
    const cursor = records.length < page.records.length ? newestVersion(records) : (page.max ?? newestVersion(records))
    if (cursor <= after) throw stuck(entity, after)
    await buffer.put({ reading: readRecords(entity, records), fetched: records.length, cursor })
    after = cursor
    fetched += records.length
  }
  buffer.end()
  return { fetched, reachedEnd: false }
}

async function storePages(walk: Walk, pages: Page[]): Promise<void> {
  const last = pages.at(-1)
  if (last === undefined) return
  await storeBatch(walk, {
    rows: gatherRows(pages.map(({ reading }) => reading.rows)),
    refused: pages.flatMap(({ reading }) => reading.refused),
    drift: pages.flatMap(({ reading }) => [...reading.drift.values()]),
    pages: pages.length,
    fetched: pages.reduce((sum, page) => sum + page.fetched, 0),
    cursor: last.cursor,
  })
}

function newestVersion(records: readonly unknown[]): number {
  return records.reduce<number>((newest, record) => Math.max(newest, versionOf(record)), 0)
}

function versionOf(record: unknown): number {
  const version = typeof record === 'object' && record !== null && 'version' in record ? Number(record.version) : 0
  return Number.isSafeInteger(version) ? version : 0
}

function stuck({ name }: Entity, after: number): Refusal {
  return new Refusal(
    'unreachable',
    'cursor_stuck',
    `Lightspeed answers for ${name} with a page that does not lead beyond version ${after}: the walk would never end`,
    { entity: name, after },
  )
}
