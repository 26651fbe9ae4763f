import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import type { Storage } from './evidence/storage.ts'
import type { LightspeedLink } from './lightspeed/link.ts'
import type { CurrentGrade } from './ops/grading.ts'
import type { Log } from './ops/log.ts'
import type { Tally } from './ops/tally.ts'

/** Everything that the doors need, made once in main.ts. */
export type House = {
  config: Config
  database: Database
  log: Log
  lightspeed: LightspeedLink
  tally: Tally
  /** Where photos and signatures lie. */
  storage: Storage
  /** Green, amber or red, and why. */
  grade: CurrentGrade
  wakeRunner: () => void
  /** Aborted when Consign begins to stop: long answers end then. */
  stopping: AbortSignal
  startedAt: Date
}
