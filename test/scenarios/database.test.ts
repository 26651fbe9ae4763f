import { scenariosOfTheDatabase } from './of-the-database.ts'
import { tell } from './tell.ts'

for (const scenario of scenariosOfTheDatabase) tell(scenario)
