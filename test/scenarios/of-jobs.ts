import { workerKilled } from './01-worker-killed.ts'
import { workerFrozen } from './02-worker-frozen.ts'
import { toldToStop } from './03-told-to-stop.ts'
import { connectionsCut } from './04-connections-cut.ts'
import { databaseCrashes } from './05-database-crashes.ts'
import { alwaysFails } from './09-always-fails.ts'
import { mendedByTwo } from './10-mended-by-two.ts'
import { oneKey } from './12-one-key.ts'
import { urgentAmongMany } from './15-urgent.ts'
import { orderKept } from './16-order-kept.ts'
import { oldSnapshot } from './17-old-snapshot.ts'
import type { Scenario } from './scenario.ts'

/** Faults of workers, of the queue and of its database. */
export const scenariosOfJobs: readonly Scenario[] = [
  workerKilled,
  workerFrozen,
  toldToStop,
  connectionsCut,
  databaseCrashes,
  alwaysFails,
  mendedByTwo,
  oneKey,
  urgentAmongMany,
  orderKept,
  oldSnapshot,
]
