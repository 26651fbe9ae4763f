import { workerKilled } from './01-worker-killed.ts'
import { workerFrozen } from './02-worker-frozen.ts'
import { toldToStop } from './03-told-to-stop.ts'
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

/** Faults of workers and of the queue. */
export const scenariosOfJobs: readonly Scenario[] = [
  workerKilled,
  workerFrozen,
  toldToStop,
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
