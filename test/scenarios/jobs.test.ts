import { scenariosOfJobs } from './of-jobs.ts'
import { tell } from './tell.ts'

for (const scenario of scenariosOfJobs) tell(scenario)
