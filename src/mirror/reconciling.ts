import { patiently } from '../db/faults.ts'
import { inTransaction } from '../db/transaction.ts'
import { endpoints } from '../lightspeed/endpoints.ts'
import { LightspeedError } from '../lightspeed/errors.rules.ts'
import { comparePage, compareRest, type Comparing } from './comparing.ts'
import { correctRowCount, countSides, forgetSeen, type Counts } from './comparing.store.ts'
import { gatherRows } from './copy-rows.ts'
import { keepsAll, readList, type OwnedList } from './nested.ts'
import { listLongestUnread, markRead, type Owner } from './nested.store.ts'
import { readInSlices, readRecords } from './reading.ts'
import { entityNamed } from './tables.ts'
import { fetchPage, stuck } from './walk.ts'

/** Lists of so many owners are compared each time, those that were read longest ago: in some nights it is all of them. */
const ownersEachTime = 300
const ownersABatch = 25

/** Compares all of an entity with Lightspeed, page by page, from where an interrupted comparison stood. */
export async function compareEntity(comparing: Comparing): Promise<Counts> {
  const { database, entity, part, isDryRun, signal, onWait } = comparing
  const patience = { signal, onWait }
  if (part.cursor === 0) await patiently(() => inTransaction(database, (tx) => forgetSeen(tx, entity)), patience)
  if (entity.walk === 'version') await compareByVersion(comparing)
  if (entity.walk === 'whole') await compareWhole(comparing)
  if (entity.walk === 'nested') await compareNested(comparing)
  return patiently(
    () =>
      inTransaction(database, async (tx) => {
        const counts = await countSides(tx, entity)
        if (!isDryRun) await correctRowCount(tx, entity)
        await forgetSeen(tx, entity)
        return counts
      }),
    patience,
  )
}

async function compareByVersion(comparing: Comparing) {
  const { entity, part } = comparing
  let after = part.cursor
  let compared = part.compared
  for (;;) {
    const { records, cursor } = await fetchPage(comparing, after, Infinity)
    if (records.length === 0) break
    if (cursor <= after) throw stuck(entity, after)
    const { rows, refused } = await readInSlices(entity, records)
    await comparePage(comparing, { rows, refused, cursor })
    after = cursor
    compared += records.length
  }
  const since = part.started_at ?? new Date()
  await compareRest({ ...comparing, part: { ...part, compared } }, { upTo: after, since })
}

async function compareWhole(comparing: Comparing) {
  const { entity, lightspeed, signal, part } = comparing
  const endpoint = endpoints[entity.endpoint]
  const { records } = await lightspeed.list(endpoint, { after: 0, pageSize: endpoint.pageSize, signal })
  const { rows, refused } = readRecords(entity, records)
  await comparePage(comparing, { rows, refused, cursor: 0 })
  const scope = { upTo: Number.MAX_SAFE_INTEGER, since: part.started_at ?? new Date() }
  if (records.length > 0) await compareRest({ ...comparing, part: { ...part, compared: records.length } }, scope)
}

/** Too many lists to ask for all of them in a night: those that nobody has looked at for longest. */
async function compareNested(comparing: Comparing) {
  const { database, entity } = comparing
  const ownerEntity = entityNamed(entity.nestedIn?.entity ?? '')
  const owners = await listLongestUnread(database.db, entity, ownerEntity.table, ownersEachTime)
  for (let from = 0; from < owners.length; from += ownersABatch)
    await compareOwners(comparing, owners.slice(from, from + ownersABatch))
}

async function compareOwners(comparing: Comparing, owners: readonly Owner[]) {
  const { entity, isDryRun } = comparing
  const lists = await readLists(comparing, owners)
  const readings = lists.flatMap(({ list }) => list.readings)
  const owned = { column: entity.nestedIn?.column ?? '', ids: lists.map(({ owner }) => owner.id) }
  await comparePage(comparing, {
    rows: gatherRows(readings.map(({ rows }) => rows)),
    refused: readings.flatMap(({ refused }) => refused),
    cursor: 0,
    owners: keepsAll(entity) ? undefined : owned,
    also: async ({ db }) => {
      if (!isDryRun && owners.length > 0) await markRead(db, entity, owners)
    },
  })
}

/** An owner that is gone since its own list was read is for the comparison of the owners. */
async function readLists(comparing: Comparing, owners: readonly Owner[]) {
  const lists: { owner: Owner; list: OwnedList }[] = []
  for (const owner of owners) {
    const list = await readList(comparing, owner).catch((error: unknown) => {
      if (error instanceof LightspeedError && error.kind === 'not_found') return undefined
      throw error
    })
    if (list) lists.push({ owner, list })
  }
  return lists
}
