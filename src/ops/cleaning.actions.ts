import { record } from '../audit/audit.store.ts'
import { must, type Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { countFinished, removeFinished } from '../jobs/jobs.store.ts'
import { kindNames } from '../jobs/kinds.ts'
import { countOld, removeOld } from './cleaning.store.ts'
import { keptDays, type Aging, type OurAging } from './retention.rules.ts'

export type Cleaning = { days: number; dryRun: boolean }

const bundle = 5_000

/** Removes what is over and older than so many days, bundle by bundle, and says how many rows of each went, or would. */
export async function cleanUp({ database, actor, correlationId }: Context, { days, dryRun }: Cleaning) {
  must(actor, 'data:clean')
  const data: { what: Aging; rows: number; keptDays: number }[] = []
  for (const [what, kept] of Object.entries(keptDays)) {
    if (!isAging(what)) continue
    const rows =
      what === 'jobs'
        ? await cleanJobs(database.db, { days, dryRun })
        : await clean(database.db, what, { days, dryRun })
    data.push({ what, rows, keptDays: kept })
  }
  if (!dryRun && data.some(({ rows }) => rows > 0))
    await inTransaction(database, ({ db }) => {
      const after = { days, removed: Object.fromEntries(data.map(({ what, rows }) => [what, rows])) }
      const about = {
        action: 'data.cleaned',
        entity: 'retention',
        entityId: `${days} days`,
        actor: actor.id,
        correlationId,
      }
      return record(db, { ...about, before: null, after })
    })
  return { days, dryRun, data }
}

function clean(db: Db, what: OurAging, { days, dryRun }: Cleaning): Promise<number> {
  return dryRun ? countOld(db, what, days) : removeAll(db, what, days)
}

function cleanJobs(db: Db, { days, dryRun }: Cleaning): Promise<number> {
  const over = { kinds: kindNames, states: ['completed', 'cancelled', 'failed'] }
  return dryRun ? countFinished(db, over, days) : removeFinished(db, over, days)
}

/** Removes all that is old, in transactions that stay short. */
export async function removeAll(db: Db, what: OurAging, days: number, signal?: AbortSignal) {
  let gone = 0
  for (;;) {
    const rows = await removeOld(db, what, days, bundle)
    gone += rows
    if (rows < bundle || signal?.aborted) return gone
  }
}

function isAging(what: string): what is Aging {
  return Object.hasOwn(keptDays, what)
}
