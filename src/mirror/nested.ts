import type { Lightspeed } from '../lightspeed/client.ts'
import { endpoints } from '../lightspeed/endpoints.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { judgments } from '../lightspeed/judgments.ts'
import { gatherRows } from './copy-rows.ts'
import { buryMissing } from './merge.store.ts'
import { listPendingOwners, markRead, type Owner } from './nested.store.ts'
import type { Entity } from './entity.ts'
import { readRecords, type Extra, type Reading } from './reading.ts'
import { storeBatch, type Storing } from './storing.ts'
import { entityNamed } from './tables.ts'

export type NestedWalk = Storing & {
  lightspeed: Lightspeed
  all: boolean
  startedAt: Date
  limit?: number | undefined
}

const readersAtOnce = 4
const ownersABatch = 50

/** Reads a collection that hangs on another one: the list of each owner that changed since its list was last read. */
export async function walkNested(walk: NestedWalk): Promise<void> {
  const { entity, database, limit = Infinity } = walk
  if (!entity.nestedIn) throw new TypeError(`${entity.name} is nested in nothing`)
  const { table } = entityNamed(entity.nestedIn.entity)
  const { all, startedAt } = walk
  const owners = await listPendingOwners(database.db, entity, table, { all, startedAt, ...restlessness(table) })
  let fetched = 0
  for (let from = 0; from < owners.length && fetched < limit; from += ownersABatch) {
    fetched += await readOwners(walk, owners.slice(from, from + ownersABatch))
  }
}

/** Which owners may change their list without a new version of their own, as SQL on the owner's row `o`. */
function restlessness(ownerTable: string) {
  if (ownerTable === 'register') {
    return { restless: 'o.is_open', rereadAfterSeconds: judgments.rereadOpenRegistersAfterSeconds }
  }
  const unfinished = judgments.unfinishedConsignments.map((status) => `'${status}'`).join(', ')
  const settling = `o.updated_at > now() - make_interval(secs => ${judgments.linesSettleWithinSeconds})`
  return {
    restless: `(o.status in (${unfinished}) or ${settling})`,
    rereadAfterSeconds: judgments.rereadUnfinishedAfterSeconds,
  }
}

async function readOwners(walk: NestedWalk, owners: Owner[]): Promise<number> {
  const waiting = [...owners]
  const lists: { owner: Owner; list: OwnedList }[] = []
  const gone: LightspeedError[] = []
  const read = async () => {
    for (let owner = waiting.shift(); owner; owner = waiting.shift()) {
      const list = await readList(walk, owner).catch((error: unknown) => noteGone(gone, error))
      lists.push({ owner, list })
    }
  }
  await Promise.all(Array.from({ length: readersAtOnce }, read))
  const [first] = gone
  if (first && gone.length === owners.length) throw first
  await storeLists(walk, lists)
  return lists.reduce((sum, { list }) => sum + list.fetched, 0)
}

/** An owner may be gone since its own list was read. Where all of them are, it is the address that is wrong. */
function noteGone(gone: LightspeedError[], error: unknown): OwnedList {
  if (!(error instanceof LightspeedError && error.kind === 'not_found')) throw error
  gone.push(error)
  return { readings: [], fetched: 0, pages: 1, isGone: true }
}

export type OwnedList = { readings: Reading[]; fetched: number; pages: number; isGone: boolean }

/** The list of one owner, to its end. */
export async function readList(
  { entity, lightspeed, signal }: Pick<NestedWalk, 'entity' | 'lightspeed' | 'signal'>,
  owner: Owner,
): Promise<OwnedList> {
  const endpoint = endpoints[entity.endpoint]
  const extraOf = extraFor(entity, owner)
  const list: OwnedList = { readings: [], fetched: 0, pages: 0, isGone: false }
  for (let after = 0; ;) {
    const page = await lightspeed.list(endpoint, {
      after,
      pageSize: endpoint.pageSize,
      params: { id: owner.id },
      ...(signal ? { signal } : {}),
    })
    list.pages += 1
    if (page.records.length === 0) return list
    list.readings.push(readRecords(entity, page.records, extraOf))
    list.fetched += page.records.length
    if (page.max === null || page.max <= after) return list
    after = page.max
  }
}

/** Lightspeed has been seen with the same product in several lines of one consignment: they are told apart by their order. */
function extraFor({ nestedIn }: Entity, owner: Owner): (record: object) => Extra {
  const seen = new Map<unknown, number>()
  return (record) => {
    const product = 'product_id' in record ? record.product_id : undefined
    const occurrence = (seen.get(product) ?? 0) + 1
    seen.set(product, occurrence)
    return { [nestedIn?.column ?? 'owner_id']: owner.id, occurrence }
  }
}

/** One transaction for the lists of a few owners: their rows, what is gone from them, and that they have been read. */
async function storeLists(walk: NestedWalk, lists: { owner: Owner; list: OwnedList }[]) {
  const readings = lists.flatMap(({ list }) => list.readings)
  await storeBatch(walk, {
    rows: gatherRows(readings.map(({ rows }) => rows)),
    refused: readings.flatMap(({ refused }) => refused),
    drift: readings.flatMap(({ drift }) => Array.from(drift.values())),
    pages: lists.reduce((sum, { list }) => sum + list.pages, 0),
    fetched: lists.reduce((sum, { list }) => sum + list.fetched, 0),
    cursor: lists.reduce((newest, { owner }) => Math.max(newest, owner.version), 0),
    also: async ({ db, client }, isWhole) => {
      const owners = lists.map(({ owner }) => owner)
      if (isWhole && !keepsAll(walk.entity)) {
        await buryMissing(client, walk.entity, {
          column: walk.entity.nestedIn?.column ?? '',
          ids: lists.filter(({ list }) => !list.isGone).map(({ owner }) => owner.id),
        })
      }
      await markRead(db, walk.entity, owners)
    },
  })
}

/** A register's summary shows only its newest closure: the ones before it are history, not gone. */
export function keepsAll({ name }: Entity): boolean {
  return name === 'register-closures'
}
