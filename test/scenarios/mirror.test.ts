import { scenariosOfTheMirror } from './of-the-mirror.ts'
import { tell } from './tell.ts'

for (const scenario of scenariosOfTheMirror) tell(scenario)
