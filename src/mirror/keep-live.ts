import { randomUUID } from 'node:crypto'
import { inTransaction } from '../db/transaction.ts'
import type { House } from '../house.ts'
import { insertRun, listUnfinishedRuns, pruneQuietRuns } from './runs.store.ts'
import { ensureHistoryPartitions } from './history.store.ts'
import { entities } from './tables.ts'

const schedule = 'schedule'
const monthsAhead = 3

/** Looks at Lightspeed again and again, so that the mirror is a live one. Skips its turn while a run is still going. */
export function keepLive({ database, config, log, wakeRunner, stopping }: House) {
  if (config.syncEverySeconds === 0) return
  const look = async () => {
    await ensureHistoryPartitions(database.db, monthsAhead)
    await pruneQuietRuns(database.db, schedule)
    if ((await listUnfinishedRuns(database.db)).length > 0) return
    const names = entities.map(({ name }) => name)
    const run = {
      id: randomUUID(),
      requestedBy: schedule,
      correlationId: randomUUID(),
      entities: names,
      full: false,
      since: undefined,
      limit: undefined,
    }
    await inTransaction(database, ({ db }) => insertRun(db, run))
    wakeRunner()
  }
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.warn({ error }, 'A look at Lightspeed was put off'))
  }, config.syncEverySeconds * 1000)
  stopping.addEventListener('abort', () => clearInterval(timer))
}
