import type { Lightspeed } from '../lightspeed/client.ts'
import { endpoints } from '../lightspeed/endpoints.ts'
import { buryMissing } from './merge.store.ts'
import { readRecords } from './reading.ts'
import { storeBatch, type Storing } from './storing.ts'

/** Reads a list that has no cursor: all of it each time. What a complete answer no longer holds is marked as deleted. */
export async function readWhole(reading: Storing & { lightspeed: Lightspeed }): Promise<void> {
  const { entity, lightspeed, signal } = reading
  const endpoint = endpoints[entity.endpoint]
  const { records } = await lightspeed.list(endpoint, {
    after: 0,
    pageSize: endpoint.pageSize,
    ...(signal ? { signal } : {}),
  })
  const { rows, refused, drift } = readRecords(entity, records)
  await storeBatch(reading, {
    rows,
    refused,
    drift: [...drift.values()],
    pages: 1,
    fetched: records.length,
    cursor: 0,
    also: async ({ client }, isWhole) => {
      if (isWhole && rows.count > 0) await buryMissing(client, entity)
    },
  })
}
