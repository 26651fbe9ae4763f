import { scenariosOfJobs } from './of-jobs.ts'
import { scenariosOfTheBridge } from './of-the-bridge.ts'
import { scenariosOfTheDatabase } from './of-the-database.ts'
import { scenariosOfTheMirror } from './of-the-mirror.ts'
import type { Scenario } from './scenario.ts'

/** What the soak repeats. */
export const scenarios: readonly Scenario[] = [
  ...scenariosOfJobs,
  ...scenariosOfTheDatabase,
  ...scenariosOfTheMirror,
  ...scenariosOfTheBridge,
]
