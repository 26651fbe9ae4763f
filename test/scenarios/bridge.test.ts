import { scenariosOfTheBridge } from './of-the-bridge.ts'
import { tell } from './tell.ts'

for (const scenario of scenariosOfTheBridge) tell(scenario)
