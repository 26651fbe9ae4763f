import type { Scenario } from './scenario.ts'
import { workerKilled } from './01-worker-killed.ts'
import { orderKept } from './16-order-kept.ts'

/** Faults of workers, of the queue and of its database. */
export const scenariosOfJobs: readonly Scenario[] = [workerKilled, orderKept]
