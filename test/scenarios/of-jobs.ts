import { workerKilled } from './01-worker-killed.ts'
import { workerFrozen } from './02-worker-frozen.ts'
import { toldToStop } from './03-told-to-stop.ts'
import { connectionsCut } from './04-connections-cut.ts'
import { databaseCrashes } from './05-database-crashes.ts'
import { databaseAway } from './06-database-away.ts'
import { lineHalfOpen } from './07-line-half-open.ts'
import { connectionsUsedUp } from './08-connections-used-up.ts'
import { alwaysFails } from './09-always-fails.ts'
import { mendedByTwo } from './10-mended-by-two.ts'
import { processBlocked } from './11-process-blocked.ts'
import { oneKey } from './12-one-key.ts'
import { bothOrNeither } from './13-both-or-neither.ts'
import { clockwork } from './14-clockwork.ts'
import { urgentAmongMany } from './15-urgent.ts'
import { orderKept } from './16-order-kept.ts'
import { oldSnapshot } from './17-old-snapshot.ts'
import { clocksDiffer } from './26-clocks-differ.ts'
import type { Scenario } from './scenario.ts'

/** Faults of workers, of the queue and of its database. */
export const scenariosOfJobs: readonly Scenario[] = [
  workerKilled,
  workerFrozen,
  toldToStop,
  connectionsCut,
  databaseCrashes,
  databaseAway,
  lineHalfOpen,
  connectionsUsedUp,
  alwaysFails,
  mendedByTwo,
  processBlocked,
  oneKey,
  bothOrNeither,
  clockwork,
  urgentAmongMany,
  orderKept,
  oldSnapshot,
  clocksDiffer,
]
