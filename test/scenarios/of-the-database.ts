import { connectionsCut } from './04-connections-cut.ts'
import { databaseCrashes } from './05-database-crashes.ts'
import { databaseAway } from './06-database-away.ts'
import { lineHalfOpen } from './07-line-half-open.ts'
import { connectionsUsedUp } from './08-connections-used-up.ts'
import type { Scenario } from './scenario.ts'

/** Faults of the database under the queue, and of the lines to it. */
export const scenariosOfTheDatabase: readonly Scenario[] = [
  connectionsCut,
  databaseCrashes,
  databaseAway,
  lineHalfOpen,
  connectionsUsedUp,
]
